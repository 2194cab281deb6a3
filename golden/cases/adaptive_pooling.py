"""Pooling to sizes that are given."""

from keras import layers as L

from harness.layer_case import Case, f

from .convolution import each, pair

SIZES = {1: (7,), 2: (7, 10), 3: (5, 4, 7)}


def layers(rank):
    x, first = f(2, *SIZES[rank], 3), f(2, 3, *SIZES[rank])
    for kind in ("Average", "Max"):
        make = getattr(L, f"Adaptive{kind}Pooling{rank}D", None)
        yield Case("defaults", lambda m=make: m(2), [x], since=(3, 13))
        yield Case("all", lambda m=make: m(output_size=pair(rank, 5, 4, 3), data_format="channels_last", name="a"), [x], since=(3, 13))
        yield Case("one", lambda m=make: m(1), [x], since=(3, 13))
        yield Case("more", lambda m=make: m(9), [x], since=(3, 13))
        yield Case("divides", lambda m=make: m(SIZES[rank]), [x], since=(3, 13))
        yield Case("channels_first", lambda m=make: m(3, data_format="channels_first"), [first], since=(3, 13))
        if rank == 2:
            yield Case("float16", lambda m=make: m((3, 5), dtype="float16"), [x], since=(3, 13))


CASES = [each(layers, (1, 2, 3))]
