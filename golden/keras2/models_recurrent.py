"""Models of recurrent layers."""

import tensorflow as tf

K, L = tf.keras, tf.keras.layers


def gru():
    x = K.Input((4, 3), name="x")
    return K.Model(x, [L.GRU(2)(x), L.GRU(2, reset_after=False, recurrent_activation="hard_sigmoid")(x), L.GRU(2, use_bias=False, go_backwards=True)(x)])


def simple():
    return K.Sequential([K.Input((None, 3)), L.SimpleRNN(4, return_sequences=True), L.SimpleRNN(2, activation="relu", unroll=False)])


def encoder_decoder():
    source, target = K.Input((None, 3), name="source"), K.Input((None, 2), name="target")
    _, h, c = L.LSTM(4, return_state=True, name="encoder")(source)
    decoded = L.LSTM(4, return_sequences=True, name="decoder")(target, initial_state=[h, c])
    return K.Model([source, target], L.TimeDistributed(L.Dense(2), name="each")(decoded))


def masked_translation():
    """Masks beside states, and joined masks, which Keras 3 does not look at as Keras 2 does."""
    source, target, tags = (K.Input((6,), dtype="int32", name=name) for name in ("source", "target", "tags"))
    words = L.Embedding(6, 3, mask_zero=True, name="words")
    tagged = L.Concatenate(name="tagged")([words(source), L.Embedding(6, 2, mask_zero=True, name="kinds")(tags)])
    every, h, _, c, _ = L.Bidirectional(L.LSTM(4, return_sequences=True, return_state=True), name="encoder")(tagged)
    decoded = L.LSTM(4, return_sequences=True, name="decoder")(words(target), initial_state=[h, c])
    last = L.GRU(3, name="last")(L.LayerNormalization(name="same")(every), initial_state=L.Dense(3, name="state")(h))
    return K.Model([source, target, tags], [L.SimpleRNN(2, name="read")(decoded), last])


def given_masks():
    """Masks that calls are given, which go on to what stands behind them."""
    source, kept, target = (K.Input((6,), dtype="int32", name=name) for name in ("source", "kept", "target"))
    words = L.Embedding(6, 3, mask_zero=True, name="words")
    every, h, c = L.LSTM(4, return_sequences=True, return_state=True, name="encoder")(words(source), mask=tf.not_equal(kept, 1))
    decoded = L.GRU(4, return_sequences=True, name="decoder")(words(target))
    same = L.Dense(3, name="same")(every)
    last = L.LSTM(4, return_sequences=True, name="last")(same, initial_state=[h, c])
    return K.Model([source, kept, target], [L.SimpleRNN(2, name="read")(L.Add(name="sum")([every, decoded])), L.GRU(2, name="end")(last)])


def stacked():
    x = K.Input((4, 3), name="x")
    return K.Model(x, L.RNN([L.LSTMCell(3), L.GRUCell(2), L.SimpleRNNCell(2)], return_state=True, name="stack")(x))


def stateful():
    return K.Sequential([L.LSTM(3, stateful=True, return_sequences=True, batch_input_shape=(2, 4, 3)), L.GRU(2, stateful=True)])


def over_images():
    return K.Sequential([K.Input((3, 5, 5, 1)), L.ConvLSTM2D(2, 3, return_sequences=True), L.TimeDistributed(L.Conv2D(1, 2)), L.ConvLSTM2D(1, 2, padding="same", go_backwards=True)])


def over_volumes():
    x, y = K.Input((2, 5, 1), name="x"), K.Input((2, 3, 3, 3, 1), name="y")
    return K.Model([x, y], [L.ConvLSTM1D(2, 3)(x), L.ConvLSTM3D(1, 2)(y)])


def time_distributed():
    inner = K.Sequential([L.Dense(3, input_shape=(2,)), L.BatchNormalization()], name="inner")
    x = K.Input((4, 2), name="x")
    return K.Model(x, L.TimeDistributed(L.LSTM(2))(L.Reshape((2, 2, 3))(L.TimeDistributed(inner)(x))))


def in_every_mode():
    x = K.Input((4, 3), name="x")
    return K.Model(x, [L.Bidirectional(L.LSTM(2, return_sequences=True), merge_mode=m)(x) for m in ("concat", "sum", "mul", "ave", None)])


MODELS = {
    "gru": gru,
    "simple_rnn": simple,
    "encoder_decoder": encoder_decoder,
    "masked_translation": masked_translation,
    "given_masks": given_masks,
    "stacked_cells": stacked,
    "stateful": stateful,
    "conv_lstm": over_images,
    "conv_lstm_1d_3d": over_volumes,
    "time_distributed": time_distributed,
    "bidirectional": in_every_mode,
}
