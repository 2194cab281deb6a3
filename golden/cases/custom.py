"""Registered functions and layers that cases use; the TypeScript side registers twins under the same names."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="golden")
def double_and_shift(x, shift=0.0):
    return x * 2.0 + shift


@keras.saving.register_keras_serializable(package="golden")
def first_column(x, mask=None):
    return x[:, :1]


@keras.saving.register_keras_serializable(package="golden")
class Scale(keras.layers.Layer):
    """Multiplies by a learned vector and a fixed factor."""

    def __init__(self, factor=1.0, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor

    def build(self, input_shape):
        self.scale = self.add_weight(name="scale", shape=(input_shape[-1],), initializer="ones")

    def call(self, x):
        return x * self.scale * ops.cast(self.factor, x.dtype)

    def get_config(self):
        return {**super().get_config(), "factor": self.factor}
