"""Models whose configs say what few configs say: each was once lost or refused."""

import keras
from keras import layers as L

from . import layer_files
from .custom import Fading, Only, Plain, Unnamed


def auto_config():
    x = keras.Input((3,), name="x")
    h = L.Dense(2)(Plain()(x))
    return keras.Model(x, Plain(autocast=False, dtype="float16")(h), name="auto_config")


def unnamed():
    return keras.Sequential([L.Input((3,)), Unnamed(), L.Dense(2), Unnamed(factor=3), Only(1)], name="unnamed")


def custom_cell():
    x = keras.Input((4, 3), name="x")
    h = L.RNN(Fading(2), return_sequences=True)(x)
    return keras.Model(x, L.RNN([Fading(2), L.GRUCell(2)])(h), name="custom_cell")


def null_initializers():
    x = keras.Input((4, 3), name="x")
    nothing = dict(kernel_initializer=None, bias_initializer=None)
    h = L.Conv1D(3, 2, **nothing)(x)
    h = L.BatchNormalization(
        beta_initializer=None, gamma_initializer=None, moving_mean_initializer=None, moving_variance_initializer=None
    )(h)
    h = L.GRU(2, recurrent_initializer=None, **nothing)(h)
    return keras.Model(x, L.Dense(2, **nothing)(h), name="null_initializers")


def masked_by_feature():
    x = keras.Input((3, 3), name="x")
    h = L.LSTM(2, return_sequences=True)(L.Masking([0.0, -1.0, 2.5])(x))
    return keras.Model(x, L.Masking([[1.5, 2.5], [3.5, 4.5], [5.5, 6.5]])(h), name="masked_by_feature")


def scalar_statistics():
    x = keras.Input((2, 3), name="x")
    h = L.Normalization(mean=1.5, variance=2.5)(x)
    h = L.Normalization(mean=[0.5], variance=[2.0])(h)
    h = L.Normalization(axis=(1, 2), mean=[1.0, 2.0, 3.0], variance=[1.0, 4.0, 9.0], invert=True)(h)
    return keras.Model(x, h, name="scalar_statistics")


def shared_input():
    x = keras.Input((3,), name="x")
    left, right = keras.Model(x, L.Dense(2)(x), name="left"), keras.Model(x, L.Dense(2)(x), name="right")
    y = keras.Input((3,), name="y")
    return keras.Model(y, L.Add()([left(y), right(y)]), name="shared_input")


def autoencoder():
    x = keras.Input((3,), name="x")
    encoder = keras.Model(x, L.Dense(2)(x), name="encoder")
    return keras.Model(x, L.Dense(3)(encoder(x)), name="autoencoder")


def shared_layers():
    x = keras.Input((3,), name="x")
    inside = L.Dense(3, name="inside", kernel_initializer=keras.initializers.GlorotUniform(seed=1))
    inner = keras.Model(x, inside(x), name="inner")
    y = keras.Input((3,), name="y")
    return keras.Model(y, L.Add()([inner(y), inside(y), inner(inside(y))]), name="shared_layers")


BUILDERS = {
    m.__name__: m
    for m in (auto_config, unnamed, custom_cell, null_initializers, masked_by_feature, shared_input, autoencoder, shared_layers)
}
if layer_files.VERSION >= (3, 15):
    BUILDERS["scalar_statistics"] = scalar_statistics
