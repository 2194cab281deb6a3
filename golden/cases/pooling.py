"""Pooling: maximum and average, over windows and over everything."""

from keras import layers as L

from harness.layer_case import X, Case, b, f

from .convolution import SIZES, each, pair


def windows(rank):
    x, x_first = f(2, *SIZES[rank], 3), f(2, 3, *SIZES[rank])
    for kind in ("Max", "Average"):
        make = getattr(L, f"{kind}Pooling{rank}D")
        yield Case("defaults", lambda m=make, k=kind: m() if k == "Max" else m(2), [x])
        yield Case(
            "all",
            lambda m=make: m(
                pool_size=pair(rank, 3, 2), strides=pair(rank, 2, 1), padding="same", data_format="channels_last", name="p"
            ),
            [x],
        )
        yield Case("overlap", lambda m=make: m(3, strides=1), [x])
        yield Case("same", lambda m=make: m(3, padding="same"), [x])
        yield Case("channels_first", lambda m=make: m(2, data_format="channels_first"), [x_first])
        if rank == 2:
            yield Case("float16", lambda m=make: m(2, dtype="float16"), [x])


def everything(rank):
    x, x_first = f(2, *SIZES[rank], 3), f(2, 3, *SIZES[rank])
    for kind in ("Max", "Average"):
        make = getattr(L, f"Global{kind}Pooling{rank}D")
        yield Case("defaults", lambda m=make: m(), [x])
        yield Case("keepdims", lambda m=make: m(keepdims=True, name="g"), [x])
        yield Case("channels_first", lambda m=make: m(data_format="channels_first"), [x_first])
        yield Case("float16", lambda m=make: m(data_format="channels_last", dtype="float16"), [x])
        if rank == 1 and kind == "Average":
            yield Case("mask", lambda m=make: m(), [x, b(2, 7)], args=[X], masks={0: 1})
            yield Case("mask_keepdims", lambda m=make: m(keepdims=True), [x, b(2, 7)], args=[X], masks={0: 1})


CASES = [each(windows, (1, 2, 3)), each(everything, (1, 2, 3))]
