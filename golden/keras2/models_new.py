"""Models that test/tf-keras-new.golden.test.ts builds, too: all names are given, so that the texts can be the same."""

import tensorflow as tf

K, L = tf.keras, tf.keras.layers


def dense_stack():
    model = K.Sequential([K.Input((4,), name="x"), L.Dense(8, "relu", name="wide"), L.Dropout(0.5, name="drop"), L.BatchNormalization(name="norm"), L.Dense(1, "sigmoid", name="last")], name="stack")
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return model


def conv_stack():
    return K.Sequential([K.Input((8, 8, 1), name="x"), L.Conv2D(4, 3, padding="same", activation="relu", kernel_regularizer=K.regularizers.L2(0.01), name="conv"), L.MaxPooling2D(name="pool"), L.Conv2D(2, 2, strides=2, use_bias=False, name="smaller"), L.Flatten(name="flat"), L.Dense(3, "softmax", name="last")], name="images")


def lstm_stack():
    return K.Sequential([K.Input((5,), dtype="int32", name="x"), L.Embedding(6, 3, mask_zero=True, name="words"), L.LSTM(4, return_sequences=True, name="first"), L.GRU(2, dropout=0.1, name="second"), L.Dense(1, name="last")], name="sequences")


def without_input():
    return K.Sequential([L.Dense(4, name="first"), L.Dense(2, name="last")], name="open")


def given_shape():
    return K.Sequential([L.LSTM(2, input_shape=(4, 3), name="first"), L.Dense(1, name="last")], name="shaped")


def recurrent_graph():
    x = K.Input((4, 3), name="x")
    y = L.LSTM(3, return_sequences=True, kernel_regularizer=K.regularizers.L1(0.5), recurrent_constraint=K.constraints.MaxNorm(2), name="lstm")(x)
    y = L.GRU(2, return_sequences=True, activity_regularizer=K.regularizers.L2(0.25), name="gru")(y)
    return K.Model(x, L.Dense(2, name="last")(L.SimpleRNN(2, name="simple")(y)), name="recurrent")


def both_ways():
    x = K.Input((4, 3), name="x")
    y = L.Bidirectional(L.LSTM(2, return_sequences=True, name="lstm"), name="ways")(x)
    return K.Model(x, L.TimeDistributed(L.Dense(2, name="dense"), name="each")(y), name="both")


def stacked_cells():
    x = K.Input((4, 3), name="x")
    shared = K.initializers.GlorotNormal(seed=1)
    cells = [L.LSTMCell(3, kernel_initializer=shared, name="a"), L.GRUCell(2, kernel_initializer=shared, name="b")]
    return K.Model(x, L.RNN(L.StackedRNNCells(cells, name="cells"), name="rnn")(x), name="stacked")


def shared_layer():
    a, b = K.Input((3,), name="a"), K.Input((3,), name="b")
    shared = L.Dense(4, "tanh", name="shared")
    return K.Model([a, b], L.Dense(1, name="last")(L.Concatenate(name="join")([shared(a), shared(b)])), name="sharing")


def shared_objects():
    x = K.Input((3,), name="x")
    kernel, penalty, limit = K.initializers.RandomUniform(-0.5, 0.5, seed=4), K.regularizers.L2(0.125), K.constraints.MaxNorm(3)
    y = L.Dense(3, kernel_initializer=kernel, kernel_regularizer=penalty, name="first")(x)
    y = L.Dense(2, kernel_initializer=kernel, bias_regularizer=penalty, kernel_constraint=limit, name="second")(y)
    return K.Model(x, L.Dense(2, kernel_constraint=limit, bias_constraint=limit, name="third")(y), name="objects")


def shared_in_convolutions():
    x = K.Input((6, 6, 2), name="x")
    start, penalty = K.initializers.HeNormal(seed=2), K.regularizers.L1(0.25)
    y = L.DepthwiseConv2D(3, depthwise_initializer=start, bias_regularizer=penalty, name="depths")(x)
    y = L.SeparableConv2D(3, 2, pointwise_initializer=start, bias_regularizer=penalty, name="separable")(y)
    return K.Model(x, L.Conv2DTranspose(2, 2, kernel_initializer=start, name="back")(y), name="convolutions")


def shared_with_inner():
    start = K.initializers.Orthogonal(seed=3)
    inner_x = K.Input((3,), name="inner_x")
    y = L.Dense(3, kernel_initializer=start, name="one")(inner_x)
    inner = K.Model(inner_x, L.Dense(3, kernel_initializer=start, name="two")(y), name="inner")
    row = K.Sequential([K.Input((3,), name="row_x"), L.Dense(3, kernel_initializer=start, name="three")], name="row")
    x = K.Input((3,), name="x")
    y = L.Dense(3, kernel_initializer=start, name="before")(x)
    return K.Model(x, L.Add(name="sum")([inner(y), row(y)]), name="outer")


def attention():
    x = K.Input((4, 6), name="x")
    y = L.MultiHeadAttention(2, 3, name="attention")(x, x)
    y = L.LayerNormalization(name="norm")(L.Add(name="sum")([x, y]))
    return K.Model(x, L.Dense(2, name="last")(L.GlobalAveragePooling1D(name="mean")(y)), name="attending")


def mixed():
    K.mixed_precision.set_global_policy("mixed_float16")
    x = K.Input((4, 3), name="x")
    y = L.Conv1D(4, 2, padding="same", name="conv")(x)
    y = L.TimeDistributed(L.Dense(3, name="inner"), name="each")(y)
    return K.Model(x, L.Dense(2, dtype="float32", name="last")(L.Flatten(name="flat")(y)), name="mixed")


def two_outputs():
    x = K.Input((4,), name="x")
    y = L.Dense(3, "relu", name="base")(x)
    model = K.Model(x, [L.Dense(1, name="number")(y), L.Dense(3, "softmax", name="kind")(y)], name="outputs")
    model.compile(K.optimizers.SGD(0.25, momentum=0.5), ["mse", "categorical_crossentropy"], loss_weights=[1.0, 0.5])
    return model


MODELS = {
    "new_dense_stack": dense_stack,
    "new_conv_stack": conv_stack,
    "new_lstm_stack": lstm_stack,
    "new_without_input": without_input,
    "new_given_shape": given_shape,
    "new_recurrent_graph": recurrent_graph,
    "new_both_ways": both_ways,
    "new_stacked_cells": stacked_cells,
    "new_shared_layer": shared_layer,
    "new_shared_objects": shared_objects,
    "new_shared_in_convolutions": shared_in_convolutions,
    "new_shared_with_inner": shared_with_inner,
    "new_attention": attention,
    "new_mixed": mixed,
    "new_two_outputs": two_outputs,
}
