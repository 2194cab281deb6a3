"""Recurrent layers and cells; both ways; over images."""

import tensorflow as tf

from harness.arguments import W, X, Y, Z, Ref, b, f

from .layer_case import Case

K, L = tf.keras, tf.keras.layers
SEQUENCE, MASK = f(2, 4, 3), b(2, 4)
WEIGHTS = dict(
    kernel_initializer=K.initializers.GlorotNormal(seed=1),
    recurrent_initializer=K.initializers.Orthogonal(gain=0.5, seed=2),
    bias_initializer="ones",
    kernel_regularizer="l1",
    recurrent_regularizer=K.regularizers.L2(0.1),
    bias_regularizer="l2",
    kernel_constraint="max_norm",
    recurrent_constraint=K.constraints.UnitNorm(axis=1),
    bias_constraint="non_neg",
)
KINDS = {
    "SimpleRNN": (1, dict(activation="relu")),
    "LSTM": (2, dict(activation="elu", recurrent_activation="hard_sigmoid", unit_forget_bias=False)),
    "GRU": (1, dict(activation="elu", recurrent_activation="hard_sigmoid", reset_after=False)),
}


def layers():
    for name, (states, extra) in KINDS.items():
        make = getattr(L, name)
        yield Case("defaults", lambda m=make: m(4), [SEQUENCE])
        yield Case("all", lambda m=make, e=extra: m(4, return_sequences=True, return_state=True, go_backwards=True, **e, **WEIGHTS), [SEQUENCE])
        yield Case("masked", lambda m=make: m(4, return_sequences=True), [SEQUENCE, MASK], args=[X], kwargs={"mask": Y})
        yield Case("no_bias", lambda m=make: m(4, use_bias=False, dropout=0.25, recurrent_dropout=0.5), [SEQUENCE])
        yield Case("unrolled", lambda m=make: m(4, unroll=True), [SEQUENCE])
        yield Case("time_major", lambda m=make: m(4, time_major=True, return_sequences=True), [SEQUENCE])
        yield Case("stateful", lambda m=make: m(4, stateful=True, batch_input_shape=(2, 4, 3)), [SEQUENCE], batch=2)
        yield Case("initial_state", lambda m=make: m(4), [SEQUENCE, *[f(2, 4)] * states], args=[X], kwargs={"initial_state": [Ref(n + 1) for n in range(states)]})
        yield Case("implementation_1", lambda m=make: m(4, **({} if m is L.SimpleRNN else {"implementation": 1})), [SEQUENCE])
        cell = getattr(L, f"{name}Cell")
        yield Case("defaults", lambda m=cell: m(4), [f(2, 3), *[f(2, 4)] * states], args=[X, [Ref(n + 1) for n in range(states)]])
        yield Case("all", lambda m=cell, e=extra: m(4, dropout=0.5, **e, **WEIGHTS), [f(2, 3), *[f(2, 4)] * states], args=[X, [Ref(n + 1) for n in range(states)]])
        yield Case(f"of_{name}Cell", lambda m=cell: L.RNN(m(4), return_sequences=True), [SEQUENCE])
    yield Case("reset_after", lambda: L.GRU(4, reset_after=True, use_bias=False, bias_initializer="ones"), [SEQUENCE])
    yield Case("stacked", lambda: L.RNN([L.LSTMCell(4), L.GRUCell(2)], return_state=True), [SEQUENCE])
    yield Case("two", lambda: L.StackedRNNCells([L.LSTMCell(4), L.GRUCell(2)]), [f(2, 3), f(2, 4), f(2, 4), f(2, 2)], args=[X, [[Y, Z], W]])
    yield Case("options", lambda: L.RNN(L.SimpleRNNCell(2), stateful=True, go_backwards=True, batch_input_shape=(2, 4, 3)), [SEQUENCE], batch=2)
    for name in ("LSTM", "GRU"):
        old = getattr(tf.compat.v1.keras.layers, f"CuDNN{name}")
        yield Case("defaults", lambda m=old: m(4), [SEQUENCE], call=False)
        yield Case("all", lambda m=old: m(4, return_sequences=True, stateful=False, go_backwards=True, kernel_regularizer="l2"), [SEQUENCE], call=False)
        yield Case("version_1", lambda n=name: getattr(tf.compat.v1.keras.layers, n)(4), [SEQUENCE])


def both_ways():
    for mode in ("concat", "sum", "mul", "ave", None):
        yield Case(f"merged_{mode}", lambda m=mode: L.Bidirectional(L.LSTM(3, return_sequences=True), merge_mode=m), [SEQUENCE])
    yield Case("gru", lambda: L.Bidirectional(L.GRU(3, return_state=True), name="ways"), [SEQUENCE])
    yield Case("backward", lambda: L.Bidirectional(L.SimpleRNN(3), backward_layer=L.GRU(3, go_backwards=True)), [SEQUENCE])
    yield Case("backwards first", lambda: L.Bidirectional(L.GRU(3, go_backwards=True, return_sequences=True)), [SEQUENCE])
    yield Case("masked", lambda: L.Bidirectional(L.LSTM(3)), [SEQUENCE, MASK], args=[X], kwargs={"mask": Y})


def over_images():
    for n in (1, 2, 3):
        make = getattr(L, f"ConvLSTM{n}D")
        x = f(2, 3, *[5, 4, 4][:n], 2)
        yield Case("defaults", lambda m=make: m(2, 3), [x])
        yield Case("all", lambda m=make: m(2, 2, padding="same", return_sequences=True, go_backwards=True, activation="elu", **WEIGHTS), [x])
    yield Case("states", lambda: L.ConvLSTM2D(2, 3, strides=2, return_state=True, unit_forget_bias=False, dropout=0.5), [f(2, 3, 5, 5, 2)])


def cases():
    yield from layers()
    yield from both_ways()
    yield from over_images()
