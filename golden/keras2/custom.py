"""Custom objects of cases, registered in package "golden"; `Scale` is the one of cases/custom.py."""

import tensorflow as tf

register = tf.keras.utils.register_keras_serializable(package="golden")


@register
class Scale(tf.keras.layers.Layer):
    """Learns one factor per feature, and multiplies by a fixed one."""

    def __init__(self, factor=1.0, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor

    def build(self, input_shape):
        self.scale = self.add_weight(name="scale", shape=(input_shape[-1],), initializer="ones")
        self.built = True

    def call(self, x):
        return x * self.scale * self.factor

    def get_config(self):
        return {**super().get_config(), "factor": self.factor}


@register
class Mine(tf.keras.Model):
    """A model of a class of its own, used as a graph."""


@register
class MineInARow(tf.keras.Sequential):
    """The same of a Sequential one."""


@register
def double_and_shift(x):
    return 2.0 * x + 1.0
