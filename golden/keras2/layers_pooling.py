"""Pooling in windows and over everything."""

import tensorflow as tf

from harness.arguments import X, Y, b, f

from .layer_case import Case

L = tf.keras.layers


def cases():
    for n in (1, 2, 3):
        shape = [7, 6, 5][:n]
        x, first = f(2, *shape, 2), f(2, 2, *shape)
        for kind in ("Max", "Average"):
            pool, whole = getattr(L, f"{kind}Pooling{n}D"), getattr(L, f"Global{kind if kind == 'Max' else 'Average'}Pooling{n}D")
            yield Case("defaults", lambda m=pool: m(), [x])
            yield Case("same", lambda m=pool: m(3, 2, "same"), [x])
            yield Case("first", lambda m=pool: m(2, 1, data_format="channels_first"), [first], call=False)
            yield Case("defaults", lambda m=whole: m(), [x])
            yield Case("keepdims", lambda m=whole: m(keepdims=True), [x])
            yield Case("first", lambda m=whole: m(data_format="channels_first"), [first])
    yield Case("masked", lambda: L.GlobalAveragePooling1D(), [f(2, 4, 3), b(2, 4)], args=[X], kwargs={"mask": Y})
