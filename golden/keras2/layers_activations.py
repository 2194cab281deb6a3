"""Activations that are layers."""

import tensorflow as tf

from harness.arguments import X, Y, b, f

from .layer_case import Case

K, L = tf.keras, tf.keras.layers


def cases():
    for make in (L.ReLU, L.LeakyReLU, L.ELU, L.ThresholdedReLU, L.Softmax, L.PReLU):
        yield Case("defaults", make, [f(2, 4, 3, scale=3.0)])
    yield Case("all", lambda: L.ReLU(6, 0.1, threshold=0.5), [f(2, 5, scale=8.0)])
    yield Case("max_value", lambda: L.ReLU(max_value=0.3), [f(2, 5)])
    yield Case("alpha", lambda: L.LeakyReLU(0.2), [f(2, 5)])
    yield Case("alpha", lambda: L.ELU(alpha=0.3), [f(2, 5)])
    yield Case("theta", lambda: L.ThresholdedReLU(theta=0.3), [f(2, 5)])
    yield Case("axis", lambda: L.Softmax(axis=1), [f(2, 4, 3)])
    yield Case("axes", lambda: L.Softmax(axis=[1, 2]), [f(2, 4, 3)])
    yield Case("masked", lambda: L.Softmax(), [f(2, 4), b(2, 4)], args=[X], kwargs={"mask": Y})
    yield Case("all", lambda: L.PReLU("ones", "l2", "non_neg", shared_axes=[1, 2]), [f(2, 3, 3, 2)])
