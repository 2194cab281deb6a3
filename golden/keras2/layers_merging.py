"""Merging of several inputs."""

import tensorflow as tf

from harness.arguments import X, Y, Z, f

from .layer_case import Case

L = tf.keras.layers


def cases():
    for make in (L.Add, L.Subtract, L.Multiply, L.Average, L.Maximum, L.Minimum):
        yield Case("two", make, [f(2, 3), f(2, 3)], args=[[X, Y]])
        yield Case("broadcast", make, [f(2, 4, 3), f(2, 3)], args=[[X, Y]])
        if make is not L.Subtract:
            yield Case("three", lambda m=make: m(name="joined"), [f(2, 3), f(2, 3), f(2, 3)], args=[[X, Y, Z]])
    yield Case("defaults", lambda: L.Concatenate(), [f(2, 3), f(2, 2)], args=[[X, Y]])
    yield Case("axis", lambda: L.Concatenate(axis=1), [f(2, 3, 2), f(2, 1, 2)], args=[[X, Y]])
    yield Case("vectors", lambda: L.Dot(axes=1), [f(2, 3), f(2, 3)], args=[[X, Y]])
    yield Case("axes", lambda: L.Dot(axes=(2, 1), normalize=True), [f(2, 4, 3), f(2, 3, 5)], args=[[X, Y]])
