"""Merging layers: several inputs, broadcasting, masks."""

from keras import layers as L

from harness.layer_case import W, X, Y, Z, Case, b, f, i


def elementwise():
    a, c, d = f(2, 4, 3), f(2, 4, 3), f(2, 4, 3)
    for name in ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"):
        make = getattr(L, name)
        yield Case("two", lambda m=make: m(), [a, c], args=[[X, Y]])
        if name != "Subtract":
            yield Case("three", lambda m=make: m(name="m"), [a, c, d], args=[[X, Y, Z]])
        yield Case("broadcast", lambda m=make: m(), [a, f(2, 1, 3)], args=[[X, Y]])
        yield Case("ranks", lambda m=make: m(), [f(2, 3), f(2, 4, 3)], args=[[X, Y]])
        yield Case("float16", lambda m=make: m(dtype="float16"), [a, c], args=[[X, Y]])
        yield Case("integers", lambda m=make: m(), [i(2, 3), i(2, 3)], args=[[X, Y]])
        yield Case(
            "masks", lambda m=make: m(), [a, c, b(2, 4), b(2, 4)], args=[[X, Y]], masks={0: 2, 1: 3}
        )
        yield Case("one_mask", lambda m=make: m(), [a, c, b(2, 4)], args=[[X, Y]], masks={0: 2})


def concatenate():
    a = f(2, 4, 3)
    yield Case("defaults", lambda: L.Concatenate(), [a, f(2, 4, 2)], args=[[X, Y]])
    yield Case("axis", lambda: L.Concatenate(axis=1, name="c"), [a, f(2, 2, 3), f(2, 1, 3)], args=[[X, Y, Z]])
    yield Case("masks", lambda: L.Concatenate(axis=1), [a, a, b(2, 4), b(2, 4)], args=[[X, Y]], masks={0: 2, 1: 3})
    yield Case("masks_last", lambda: L.Concatenate(), [a, a, b(2, 4), b(2, 4)], args=[[X, Y]], masks={0: 2, 1: 3})
    yield Case("one_mask", lambda: L.Concatenate(axis=-2), [a, a, b(2, 4)], args=[[X, Y]], masks={1: 2})
    yield Case("mixed", lambda: L.Concatenate(dtype="mixed_float16"), [a, a, a, a], args=[[X, Y, Z, W]])


def dot():
    a = f(2, 4, 3)
    yield Case("axes_integer", lambda: L.Dot(axes=1), [f(2, 3), f(2, 3)], args=[[X, Y]])
    yield Case("axes_tuple", lambda: L.Dot(axes=(2, 1), name="d"), [a, f(2, 3, 5)], args=[[X, Y]])
    yield Case("axes_list", lambda: L.Dot(axes=[1, 2]), [a, f(2, 5, 4)], args=[[X, Y]])
    yield Case("normalize", lambda: L.Dot(axes=1, normalize=True), [f(2, 3), f(2, 3)], args=[[X, Y]])
    yield Case("negative", lambda: L.Dot(axes=-1), [a, f(2, 5, 3)], args=[[X, Y]])


CASES = [elementwise, concatenate, dot]
