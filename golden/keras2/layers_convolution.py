"""Convolutions of every kind. Those on channels first are configs alone: the processor has no kernels for them."""

import tensorflow as tf

from harness.arguments import f

from .layer_case import Case
from .layers_core import WEIGHTS

K, L = tf.keras, tf.keras.layers
FEW = {k: v for k, v in WEIGHTS.items() if not k.startswith("kernel")}


def of_dimensions(n):
    shape = [7, 6, 5][:n]
    x = f(2, *shape, 4)
    conv, turned = getattr(L, f"Conv{n}D"), getattr(L, f"Conv{n}DTranspose")
    yield Case("defaults", lambda: conv(3, 2), [x])
    yield Case("all", lambda: conv(3, 3, 2, "same", activation="relu", use_bias=True, **WEIGHTS), [x])
    yield Case("dilated", lambda: conv(3, 2, dilation_rate=2, use_bias=False), [x])
    yield Case("first", lambda: conv(3, 2, data_format="channels_first"), [f(2, 4, *shape)], call=False)
    yield Case("defaults", lambda: turned(3, 2), [x])
    yield Case("strides", lambda: turned(3, 3, 2, "same"), [x])
    yield Case("valid", lambda: turned(3, 2, 3, activation="tanh", use_bias=False), [x])
    if n < 3:
        yield Case("groups", lambda: conv(6, 2, groups=2), [x])
        yield Case("output_padding", lambda: turned(3, 3, 2, output_padding=1, padding="same"), [x])
        apart, deep = getattr(L, f"SeparableConv{n}D"), getattr(L, f"DepthwiseConv{n}D")
        yield Case("defaults", lambda: apart(3, 2), [x])
        yield Case("all", lambda: apart(3, 3, padding="same", depth_multiplier=2, depthwise_initializer="he_normal", pointwise_initializer="ones", depthwise_regularizer="l2", pointwise_regularizer="l1", depthwise_constraint="max_norm", pointwise_constraint="non_neg", **FEW), [x])
        yield Case("defaults", lambda: deep(2), [x])
        yield Case("all", lambda: deep(3, 2, "same", depth_multiplier=2, depthwise_initializer="he_uniform", depthwise_regularizer="l2", depthwise_constraint="max_norm", activation="elu", **FEW), [x])
    if n == 1:
        yield Case("causal", lambda: conv(3, 3, padding="causal", dilation_rate=2), [x])
    if n == 2:
        yield Case("uneven", lambda: conv(3, (3, 2), (1, 2)), [x])
        yield Case("dilated", lambda: deep(2, dilation_rate=2), [x])


def local():
    for how in (1, 2, 3):
        yield Case(f"implementation_{how}", lambda h=how: L.LocallyConnected1D(3, 2, 2, implementation=h), [f(2, 6, 2)])
        yield Case(f"implementation_{how}", lambda h=how: L.LocallyConnected2D(3, (2, 3), (1, 2), implementation=h), [f(2, 4, 5, 2)])
    yield Case("all", lambda: L.LocallyConnected1D(2, 3, activation="relu", **WEIGHTS), [f(2, 5, 2)])
    yield Case("same", lambda: L.LocallyConnected1D(2, 3, padding="same", implementation=2, use_bias=False), [f(2, 5, 2)])
    yield Case("same", lambda: L.LocallyConnected2D(2, 2, padding="same", implementation=3), [f(2, 3, 4, 2)])
    yield Case("first", lambda: L.LocallyConnected2D(2, 2, data_format="channels_first"), [f(2, 2, 4, 3)])


def cases():
    for n in (1, 2, 3):
        yield from of_dimensions(n)
    yield from local()
