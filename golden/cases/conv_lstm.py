"""Recurrent layers whose matrix products are convolutions."""

from keras import layers as L

from harness.layer_case import X, Y, Z, Case, b, f

from .convolution import each, pair
from .recurrent import WEIGHTS

SIZES = {1: (5,), 2: (5, 4), 3: (4, 3, 3)}
GATES = dict(activation="elu", recurrent_activation="hard_sigmoid", unit_forget_bias=False)


def layers(rank):
    make = getattr(L, f"ConvLSTM{rank}D")
    x, first = f(2, 3, *SIZES[rank], 2), f(2, 3, 2, *SIZES[rank])
    state = f(2, *[n - 1 for n in SIZES[rank]], 3)
    masked = dict(args=[X], kwargs={"mask": Y})
    yield Case("defaults", lambda: make(3, 2), [x])
    yield Case(
        "all",
        lambda: make(
            3,
            pair(rank, 3, 2),
            strides=1,
            padding="same",
            data_format="channels_last",
            dilation_rate=pair(rank, 1, 1),
            return_sequences=True,
            return_state=True,
            go_backwards=True,
            stateful=False,
            unroll=False,
            activity_regularizer="l2",
            name="c",
            **GATES,
            **WEIGHTS,
        ),
        [x],
    )
    yield Case("same", lambda: make(2, 3, padding="same", return_sequences=True), [x])
    yield Case("strides", lambda: make(2, 2, strides=2, return_sequences=True), [x])
    yield Case("dilated", lambda: make(2, 2, dilation_rate=2), [x])
    # Keras on JAX has no masks here but when unrolled: a mask of (batch, 1) meets images.
    unrolled = lambda: make(3, 2, unroll=True, return_sequences=True)
    yield Case("mask", unrolled, [x, b(2, 3)], **masked)
    yield Case("mask_sequences", unrolled, [x, b(2, 3)], args=[X], masks={0: 1})
    yield Case("unroll", lambda: make(3, 2, unroll=True, return_sequences=True), [x])
    yield Case("dropout", lambda: make(2, 2, dropout=0.5, recurrent_dropout=0.25), [x])
    yield Case("no_bias", lambda: make(2, 2, use_bias=False), [x])
    yield Case(
        "initial_state", lambda: make(3, 2), [x, state, state], args=[X], kwargs={"initial_state": [Y, Z]}
    )
    yield Case("stateful", lambda: make(2, 2, stateful=True), [x], batch=2)
    yield Case("channels_first", lambda: make(2, 2, data_format="channels_first", return_sequences=True), [first])
    if rank == 2:
        yield Case("mixed_float16", lambda: make(2, 2, dtype="mixed_float16"), [x])
        yield Case("float64", lambda: make(2, 2, dtype="float64"), [f(2, 3, *SIZES[rank], 2, dtype="float64")])


CASES = [each(layers, (1, 2, 3))]
