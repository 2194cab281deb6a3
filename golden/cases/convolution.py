"""Convolutions: plain, depthwise, separable, transposed; strides, dilation, groups, both data formats."""

from keras import initializers as I
from keras import layers as L

from harness.layer_case import X, Case, b, f

SIZES = {1: (7,), 2: (6, 5), 3: (4, 5, 4)}
SHARED = dict(
    activation="relu",
    use_bias=True,
    bias_initializer=I.Constant(0.1),
    bias_regularizer="l1",
    activity_regularizer="l2",
    bias_constraint="non_neg",
)
KERNEL = dict(
    kernel_initializer=I.HeNormal(seed=5),
    kernel_regularizer="l2",
    kernel_constraint="max_norm",
)


def pair(rank, *values):
    """A tuple of `rank` values, the last repeated."""
    return tuple(values[min(n, len(values) - 1)] for n in range(rank))


def last(rank, channels=3):
    return f(2, *SIZES[rank], channels)


def first(rank, channels=3):
    return f(2, channels, *SIZES[rank])


def conv(rank):
    make = getattr(L, f"Conv{rank}D")
    x = last(rank)
    yield Case("defaults", lambda: make(4, 3), [x])
    yield Case(
        "all",
        lambda: make(
            filters=4,
            kernel_size=pair(rank, 3, 2),
            strides=pair(rank, 1),
            padding="same",
            data_format="channels_last",
            dilation_rate=pair(rank, 2, 1),
            groups=1,
            name="stem",
            **SHARED,
            **KERNEL,
        ),
        [x],
    )
    yield Case("strides_same", lambda: make(2, 3, strides=2, padding="same", use_bias=False), [x])
    yield Case("strides_valid", lambda: make(2, pair(rank, 2, 3), strides=pair(rank, 1, 2), activation="tanh"), [x])
    yield Case("even_same", lambda: make(2, 2, padding="same"), [x])
    yield Case("groups", lambda: make(4, 2, groups=2), [last(rank, 4)])
    yield Case("dilation", lambda: make(2, 2, dilation_rate=2), [x])
    yield Case("channels_first", lambda: make(4, 3, padding="same", data_format="channels_first"), [first(rank)])
    if rank == 1:
        yield Case("causal", lambda: make(4, 3, padding="causal", dilation_rate=2), [x])
        yield Case("masked", lambda: make(4, 3, padding="same"), [x, b(2, 7)], args=[X], masks={0: 1})
    if rank == 2:
        yield Case("mixed_float16", lambda: make(4, 3, dtype="mixed_float16"), [x])
        yield Case("bfloat16", lambda: make(4, 3, dtype="bfloat16"), [x])
        yield Case("float64", lambda: make(4, 3, dtype="float64"), [x])
        yield Case("frozen_list", lambda: make(4, [3, 3], strides=[1, 1], trainable=False), [x])


def depthwise(rank):
    make = getattr(L, f"DepthwiseConv{rank}D")
    x = last(rank)
    yield Case("defaults", lambda: make(3), [x])
    yield Case(
        "all",
        lambda: make(
            kernel_size=pair(rank, 3),
            strides=pair(rank, 1),
            padding="same",
            depth_multiplier=2,
            data_format="channels_last",
            dilation_rate=pair(rank, 2),
            depthwise_initializer="he_uniform",
            depthwise_regularizer="l2",
            depthwise_constraint="unit_norm",
            name="dw",
            **SHARED,
        ),
        [x],
    )
    yield Case("strides", lambda: make(3, strides=2, padding="same", use_bias=False), [x])
    yield Case("channels_first", lambda: make(2, depth_multiplier=2, data_format="channels_first"), [first(rank)])


def separable(rank):
    make = getattr(L, f"SeparableConv{rank}D")
    x = last(rank)
    yield Case("defaults", lambda: make(4, 3), [x])
    yield Case(
        "all",
        lambda: make(
            filters=4,
            kernel_size=pair(rank, 3),
            strides=pair(rank, 1),
            padding="same",
            data_format="channels_last",
            dilation_rate=pair(rank, 2),
            depth_multiplier=2,
            depthwise_initializer="he_normal",
            pointwise_initializer=I.GlorotNormal(seed=1),
            depthwise_regularizer="l1",
            pointwise_regularizer="l2",
            depthwise_constraint="max_norm",
            pointwise_constraint="non_neg",
            name="sep",
            **SHARED,
        ),
        [x],
    )
    yield Case("strides", lambda: make(2, 3, strides=2, padding="same", use_bias=False), [x])
    yield Case("channels_first", lambda: make(4, 2, data_format="channels_first"), [first(rank)])


def transposed(rank):
    make = getattr(L, f"Conv{rank}DTranspose")
    x = f(2, *(n - 2 for n in SIZES[rank]), 3)
    yield Case("defaults", lambda: make(4, 3), [x])
    yield Case(
        "all",
        lambda: make(
            filters=2,
            kernel_size=pair(rank, 3),
            strides=pair(rank, 2),
            padding="same",
            data_format="channels_last",
            dilation_rate=pair(rank, 1),
            name="up",
            **SHARED,
            **KERNEL,
        ),
        [x],
    )
    yield Case("strides_valid", lambda: make(2, 2, strides=3, use_bias=False), [x])
    yield Case("strides_same_even", lambda: make(2, 4, strides=2, padding="same"), [x])
    yield Case("kernel_smaller_than_stride", lambda: make(2, 1, strides=2, padding="same"), [x])
    yield Case("dilation", lambda: make(2, 3, dilation_rate=2), [x])
    yield Case(
        "channels_first",
        lambda: make(2, 3, strides=2, padding="same", data_format="channels_first"),
        [f(2, 3, *(n - 2 for n in SIZES[rank]))],
    )


def output_padding():
    yield Case("given_2d", lambda: L.Conv2DTranspose(2, 3, strides=2, output_padding=1), [f(2, 3, 3, 2)])
    yield Case("given_1d", lambda: L.Conv1DTranspose(2, 3, strides=2, output_padding=1), [f(2, 3, 2)])


def each(table, ranks):
    def run():
        for rank in ranks:
            yield from table(rank)

    run.__name__ = table.__name__
    return run


CASES = [each(conv, (1, 2, 3)), each(depthwise, (1, 2)), each(separable, (1, 2)), each(transposed, (1, 2, 3))]
