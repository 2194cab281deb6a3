"""Models that are saved as real .keras files."""

import keras
from keras import initializers as I
from keras import layers as L
from keras import ops

from . import layer_files
from . import models as M
from . import quantized_files, rare_files
from .custom import Scale


def dense():
    x = keras.Input((4,), name="x")
    return keras.Model(x, L.Dense(3, activation="softmax")(L.Dense(5, activation="relu")(x)), name="dense")


def renamed_layers():
    return keras.Sequential(
        [L.Input((3,)), L.Dense(4, name="zz"), L.Dense(4, name="aa", use_bias=False), L.Dense(2, name="mm")], name="renamed"
    )


def multi_output():
    x = keras.Input((4,), name="x")
    h = L.Dense(3, name="trunk")(x)
    return keras.Model(x, [L.Dense(1, name="left")(h), L.Dense(2, name="right")(h), h], name="multi_output")


def bfloat16():
    return keras.Sequential(
        [L.Input((4,)), L.Dense(4, dtype="bfloat16"), L.BatchNormalization(dtype="bfloat16")], name="bf16"
    )


def float16_and_mixed():
    x = keras.Input((6, 6, 2), name="x")
    h = L.Conv2D(3, 3, dtype="mixed_float16")(x)
    h = L.BatchNormalization(dtype="mixed_float16")(h)
    h = L.Dense(2, dtype="float16")(L.Flatten(dtype="float16")(h))
    return keras.Model(x, L.Activation("softmax", dtype="float32")(h), name="mixed")


def float64():
    x = keras.Input((4,), dtype="float64", name="x")
    h = L.Dense(3, activation="tanh", dtype="float64")(x)
    return keras.Model(x, L.LayerNormalization(dtype="float64")(h), name="float64")


def custom_layer():
    x = keras.Input((3,), name="x")
    return keras.Model(x, Scale(0.5, name="last")(L.Dense(3)(Scale(3, name="first")(x))), name="custom")


def python_lambda():
    double = eval(compile("lambda x: x * 2.0 + 1.0", "<lambda>", "eval"))
    return keras.Sequential([L.Input((3,)), L.Dense(2), L.Lambda(double, output_shape=(2,))], name="python_lambda")


def shared_initializer():
    same = I.GlorotUniform(seed=3)
    x = keras.Input((3,), name="x")
    h = L.Dense(3, kernel_initializer=same)(x)
    return keras.Model(x, L.Dense(2, kernel_initializer=same)(h), name="shared_initializer")


def normalization():
    import numpy as np

    layer = L.Normalization()
    layer.adapt(np.array([[1, 2, 3], [2, 4, 9], [3, 9, 27]], "float32"))
    return keras.Sequential([L.Input((3,)), layer, L.Dense(1)], name="normalized")


def stacked_recurrent():
    x = keras.Input((4, 3), name="x")
    h = L.RNN([L.GRUCell(4), L.LSTMCell(3)], return_sequences=True)(x)
    h = L.TimeDistributed(L.Dense(2))(h)
    return keras.Model(x, L.Bidirectional(L.SimpleRNN(2), merge_mode="sum")(h), name="stacked")


def unet_operations():
    x = keras.Input((4, 4, 2), name="x")
    h = L.Conv2D(2, 3, padding="same")(x)
    return keras.Model(x, ops.mean(ops.relu(h) * 2 + x[..., ::-1], axis=(1, 2)), name="operations")


def fitted_adam():
    return M.compiled(lambda: keras.optimizers.Adam(0.01), metrics=["mae"], fit=True)()


def fitted_schedule():
    schedule = keras.optimizers.schedules.ExponentialDecay(0.1, 10, 0.9)
    return M.compiled(lambda: keras.optimizers.SGD(schedule, momentum=0.9), fit=True)()


BUILDERS = {
    m.__name__: m
    for m in (
        dense, renamed_layers, multi_output, bfloat16, float16_and_mixed, float64, custom_layer, python_lambda,
        shared_initializer, normalization, stacked_recurrent, unet_operations, fitted_adam, fitted_schedule,
        M.convolution, M.recurrent, M.embedded_masks, M.transformer, M.nested, M.dictionary_inputs, M.unbuilt,
    )
} | layer_files.BUILDERS | rare_files.BUILDERS | quantized_files.BUILDERS  # fmt: skip
# How models are called that do otherwise than predict() where nobody says.
CALLS = {"all_image": {"training": False}, "all_image_augmenting": {"training": False}, "all_image_mixing": {"training": False}}
FITTED = ("fitted_adam", "fitted_schedule", "normalization", *quantized_files.BUILDERS)
