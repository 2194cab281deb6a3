"""Recurrent layers and cells, and the wrappers over time."""

from keras import constraints as C
from keras import initializers as I
from keras import layers as L
from keras import regularizers as R

from harness.layer_case import W, X, Y, Z, Case, Ref, b, f, i

SEQUENCE, MASK = f(2, 4, 3), b(2, 4)
WEIGHTS = dict(
    use_bias=True,
    kernel_initializer=I.GlorotNormal(seed=1),
    recurrent_initializer=I.Orthogonal(gain=0.5, seed=2),
    bias_initializer="ones",
    kernel_regularizer="l1",
    recurrent_regularizer=R.L2(0.1),
    bias_regularizer="l2",
    kernel_constraint="max_norm",
    recurrent_constraint=C.UnitNorm(axis=1),
    bias_constraint="non_neg",
    dropout=0,
    recurrent_dropout=0.0,
    seed=11,
)
KINDS = {
    "SimpleRNN": (1, dict(activation="relu")),
    "LSTM": (2, dict(activation="elu", recurrent_activation="hard_sigmoid", unit_forget_bias=False)),
    "GRU": (1, dict(activation="elu", recurrent_activation="hard_sigmoid", reset_after=True)),
}


def cells():
    for name, (states, extra) in KINDS.items():
        make = getattr(L, f"{name}Cell")
        inputs = [f(2, 3)] + [f(2, 4)] * states
        args = [X, [Ref(n + 1) for n in range(states)]]
        yield Case("defaults", lambda m=make: m(4), inputs, args=args)
        yield Case("all", lambda m=make, e=extra: m(4, name="cell", **e, **WEIGHTS), inputs, args=args)
        yield Case("no_bias", lambda m=make: m(4, use_bias=False), inputs, args=args)
        yield Case("dropout", lambda m=make: m(4, dropout=0.5, recurrent_dropout=0.25), inputs, args=args)
        if name == "LSTM":
            yield Case("forget_bias", lambda m=make: m(4, bias_initializer="zeros"), inputs, args=args)
        if name == "GRU":
            yield Case("reset_before", lambda m=make: m(4, reset_after=False), inputs, args=args)
    stack = lambda: L.StackedRNNCells([L.LSTMCell(4), L.GRUCell(2)], name="stack")
    yield Case("two", stack, [f(2, 3), f(2, 4), f(2, 4), f(2, 2)], args=[X, [[Y, Z], [W]]])
    yield Case("one", lambda: L.StackedRNNCells([L.SimpleRNNCell(4)]), [f(2, 3), f(2, 4)], args=[X, [[Y]]])


def layers():
    for name, (states, extra) in KINDS.items():
        make = getattr(L, name)
        yield Case("defaults", lambda m=make: m(4), [SEQUENCE])
        yield Case(
            "all",
            lambda m=make, e=extra: m(
                4,
                return_sequences=True,
                return_state=True,
                go_backwards=True,
                stateful=False,
                unroll=False,
                activity_regularizer="l2",
                name="rnn",
                **e,
                **WEIGHTS,
            ),
            [SEQUENCE],
        )
        yield Case("sequences", lambda m=make: m(4, return_sequences=True), [SEQUENCE])
        yield Case("states", lambda m=make: m(4, return_state=True), [SEQUENCE])
        yield Case("mask", lambda m=make: m(4), [SEQUENCE, MASK], args=[X], kwargs={"mask": Y})
        yield Case(
            "mask_sequences", lambda m=make: m(4, return_sequences=True), [SEQUENCE, MASK], args=[X], masks={0: 1}
        )
        yield Case("backwards", lambda m=make: m(4, go_backwards=True), [SEQUENCE, MASK], args=[X], kwargs={"mask": Y})
        yield Case(
            "initial_state",
            lambda m=make: m(4),
            [SEQUENCE] + [f(2, 4)] * states,
            args=[X],
            kwargs={"initial_state": [Ref(n + 1) for n in range(states)]},
        )
        yield Case("unroll", lambda m=make: m(4, unroll=True, return_sequences=True), [SEQUENCE])
        yield Case("dropout", lambda m=make: m(4, dropout=0.5, recurrent_dropout=0.25), [SEQUENCE])
        yield Case("no_bias", lambda m=make: m(4, use_bias=False), [SEQUENCE])
        yield Case("stateful", lambda m=make: m(4, stateful=True), [SEQUENCE], batch=2)
        yield Case("mixed_float16", lambda m=make: m(4, dtype="mixed_float16"), [SEQUENCE])
        if name == "GRU":
            yield Case("reset_before", lambda m=make: m(4, reset_after=False, return_sequences=True), [SEQUENCE])


def rnn():
    yield Case("cell", lambda: L.RNN(L.LSTMCell(4)), [SEQUENCE])
    yield Case(
        "all",
        lambda: L.RNN(
            L.SimpleRNNCell(4, name="inner"),
            return_sequences=True,
            return_state=True,
            go_backwards=True,
            unroll=True,
            zero_output_for_mask=True,
            name="outer",
        ),
        [SEQUENCE],
    )
    yield Case("cells", lambda: L.RNN([L.GRUCell(4), L.LSTMCell(2)], return_state=True), [SEQUENCE])
    yield Case(
        "cells_sequences", lambda: L.RNN([L.SimpleRNNCell(4), L.SimpleRNNCell(2)], return_sequences=True), [SEQUENCE]
    )
    yield Case("stacked", lambda: L.RNN(L.StackedRNNCells([L.GRUCell(3), L.GRUCell(2)])), [SEQUENCE])
    yield Case(
        "zero_output",
        lambda: L.RNN(L.GRUCell(4), return_sequences=True, zero_output_for_mask=True),
        [SEQUENCE, MASK],
        args=[X],
        kwargs={"mask": Y},
    )


def bidirectional():
    yield Case("defaults", lambda: L.Bidirectional(L.LSTM(3)), [SEQUENCE])
    for mode in ("sum", "mul", "ave", "concat", None):
        yield Case(
            f"merge_{mode}",
            lambda mode=mode: L.Bidirectional(L.GRU(3, return_sequences=True), merge_mode=mode),
            [SEQUENCE],
        )
    yield Case(
        "backward_layer",
        lambda: L.Bidirectional(
            L.LSTM(3, return_sequences=True),
            backward_layer=L.GRU(2, return_sequences=True, go_backwards=True),
            name="both",
        ),
        [SEQUENCE],
    )
    yield Case("states", lambda: L.Bidirectional(L.LSTM(3, return_state=True)), [SEQUENCE])
    yield Case("mask", lambda: L.Bidirectional(L.LSTM(3, return_sequences=True)), [SEQUENCE, MASK], args=[X], masks={0: 1})
    yield Case(
        "initial_state",
        lambda: L.Bidirectional(L.SimpleRNN(3)),
        [SEQUENCE, f(2, 3), f(2, 3)],
        args=[X],
        kwargs={"initial_state": [Y, Z]},
    )


def time_distributed():
    yield Case("dense", lambda: L.TimeDistributed(L.Dense(2)), [SEQUENCE])
    yield Case("conv", lambda: L.TimeDistributed(L.Conv2D(2, 2, name="c"), name="t"), [f(2, 3, 3, 4, 2)])
    yield Case("flatten", lambda: L.TimeDistributed(L.Flatten()), [f(2, 3, 2, 2)])
    yield Case(
        "batch_normalization", lambda: L.TimeDistributed(L.BatchNormalization()), [SEQUENCE], training=True
    )
    yield Case("mask", lambda: L.TimeDistributed(L.Dense(2)), [SEQUENCE, MASK], args=[X], masks={0: 1})
    yield Case("embedding", lambda: L.TimeDistributed(L.Embedding(5, 2)), [i(2, 3, 2, low=0, high=5)])


CASES = [cells, layers, rnn, bidirectional, time_distributed]
