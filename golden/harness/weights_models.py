"""Small models that every Keras from 2.9 on makes, for files of weights without a model: which version loads which."""

import numpy as np

from harness import formula


def dense(keras, layers):
    x = keras.Input((4,), name="x")
    y = layers.Dense(3, name="first")(x)
    y = layers.BatchNormalization(name="normal")(y)
    y = layers.Dropout(0.5, name="dropped")(y)
    return keras.Model(x, layers.Dense(2, name="last")(y), name="dense")


def compiled(keras, layers):
    model = keras.Sequential([keras.Input((2,), name="x"), layers.Dense(1, name="only")], name="compiled")
    model.compile("adam", "mse")
    if hasattr(model.optimizer, "build"):
        model.optimizer.build(model.trainable_variables)
    return model


def images(keras, layers):
    x = keras.Input((6, 6, 2), name="x")
    y = layers.Conv2D(2, 2, name="conv")(x)
    y = layers.DepthwiseConv2D(2, name="depthwise")(y)
    y = layers.SeparableConv2D(2, 2, name="separable")(y)
    y = layers.Conv2DTranspose(2, 2, name="transposed")(y)
    y = layers.PReLU(name="prelu")(y)
    return keras.Model(x, layers.LayerNormalization(name="normal")(y), name="images")


def rows(keras, layers):
    x = keras.Input((5,), name="x")
    y = layers.Embedding(6, 3, name="embedded")(x)
    y = layers.Conv1D(3, 2, name="conv")(y)
    y = layers.LSTM(2, return_sequences=True, name="lstm")(y)
    y = layers.Bidirectional(layers.GRU(2, return_sequences=True), name="ways")(y)
    return keras.Model(x, layers.SimpleRNN(2, name="simple")(y), name="rows")


def nested(keras, layers):
    x = keras.Input((3, 4), name="x")
    y = layers.TimeDistributed(layers.Dense(2, name="each"), name="steps")(x)
    inner = keras.Sequential([keras.Input((3, 2), name="i"), layers.Dense(2, name="a"), layers.Dense(3, name="b")], name="inner")
    z = keras.Input((3, 3), name="z")
    outer = keras.Model(z, layers.Dense(2, name="c")(z), name="outer")
    return keras.Model(x, outer(inner(y)), name="nested")


def rare(keras, layers):
    x = keras.Input((3, 4, 4, 2), name="x")
    y = layers.ConvLSTM2D(2, 2, return_sequences=True, name="conv_lstm")(x)
    y = layers.Conv3D(2, 2, name="conv")(y)
    y = layers.Conv3DTranspose(2, 2, name="transposed")(y)
    y = layers.Reshape((9, 6), name="row")(y)
    y = layers.Conv1DTranspose(2, 2, name="row_transposed")(y)
    y = layers.SeparableConv1D(2, 2, name="row_separable")(y)
    einsum = getattr(layers, "EinsumDense", None) or layers.experimental.EinsumDense
    y = einsum("abc,cd->abd", output_shape=(None, 2), name="einsum")(y)
    y = layers.AdditiveAttention(name="additive")([y, y])
    y = layers.Attention(use_scale=True, name="scaled")([y, y])
    return keras.Model(x, layers.GRU(2, name="gru")(y), name="rare")


def attention(keras, layers):
    x = keras.Input((3, 4), name="x")
    y = layers.MultiHeadAttention(2, 2, name="heads")(x, x)
    return keras.Model(x, y, name="attention")


def adapted(keras, layers):
    x = keras.Input((2,), name="x")
    return keras.Model(x, layers.Normalization(name="normal")(x), name="adapted")


MAKERS = {make.__name__: make for make in [dense, compiled, images, rows, nested, rare, attention, adapted]}


def make(keras, name):
    """The model of a name, its own names as they are in every version."""
    keras.backend.clear_session()
    return MAKERS[name](keras, keras.layers)


def parts(model):
    """The layers that have weights, from the first one on, with their numbers."""
    numbers = [(layer, layer.get_weights()) for layer in model.layers]
    return [(layer, arrays) for layer, arrays in numbers if arrays]


def expected(k, array):
    if not np.issubdtype(array.dtype, np.floating):
        return np.full(array.shape, 7, array.dtype)
    return formula.values(formula.spec(k, str(array.dtype), array.shape, scale=0.5, offset=1.0))


def fill(model):
    k = 0
    for layer, arrays in parts(model):
        layer.set_weights([expected(k + i, array) for i, array in enumerate(arrays)])
        k += len(arrays)


def wrong(model):
    """What is not as it was filled; null where all is."""
    k = 0
    for layer, arrays in parts(model):
        for array in arrays:
            if not np.array_equal(array, expected(k, array)):
                return f"the numbers of layer {layer.name} are others than those in the file"
            k += 1
    return None
