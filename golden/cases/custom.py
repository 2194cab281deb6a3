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


@keras.saving.register_keras_serializable(package="golden")
class Plain(keras.layers.Layer):
    """Keras writes its config: what the constructor of the base was given, from 3.13 on all that it takes."""

    def call(self, x):
        return x * 3


@keras.saving.register_keras_serializable(package="golden")
class Unnamed(keras.layers.Layer):
    """Its config has no name, because its constructor has no parameter `name` and none called `kwargs`."""

    def __init__(self, factor=2, **kw):
        super().__init__(**kw)
        self.factor = factor

    def call(self, x):
        return x * self.factor


@keras.saving.register_keras_serializable(package="golden")
class Only(keras.layers.Layer):
    """Its config has one key, and its constructor takes no other."""

    def __init__(self, factor=2):
        super().__init__()
        self.factor = factor

    def call(self, x):
        return x + self.factor

    def get_config(self):
        return {"factor": self.factor}


@keras.saving.register_keras_serializable(package="golden")
class Fading(keras.layers.Layer):
    """A cell with a weight: what is left of the state, and the input."""

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.state_size = units

    def build(self, input_shape):
        self.kernel = self.add_weight(name="kernel", shape=(input_shape[-1], self.units))

    def call(self, x, states, training=False):
        out = ops.matmul(x, self.kernel) + 0.5 * states[0]
        return out, [out]

    def get_config(self):
        return {**super().get_config(), "units": self.units}
