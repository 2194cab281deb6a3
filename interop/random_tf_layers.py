"""Layers with the options that only Keras 2 has, and the cases of its golden files, by the rank of what they are called on."""

import functools
import importlib

import random_layers
import tensorflow as tf

K, L = tf.keras, tf.keras.layers
ACTIVATIONS = ["relu", "tanh", "sigmoid", "elu", "gelu", "swish", "softplus", "softsign", "selu", "linear", None, "hard_sigmoid", "exponential"]
FAMILIES = ["core", "convolution", "pooling", "normalization", "recurrent", "preprocessing", "activations"]


def initializer(r):
    I = K.initializers
    return r.choice([
        "glorot_uniform", "he_normal", "lecun_normal", "orthogonal", "zeros", "ones", I.RandomNormal(0.1, 0.2, seed=3),
        I.TruncatedNormal(stddev=0.3), I.VarianceScaling(2.0, "fan_out", "uniform"), I.Constant(0.25), I.RandomUniform(-0.5, 0.5), I.GlorotNormal(seed=1),
    ])


def regularizer(r):
    R = K.regularizers
    return r.choice([None, None, "l1", "l2", "l1_l2", R.L1(0.02), R.l2(0.001), R.L1L2(0.1, 0.2)])


def constraint(r):
    C = K.constraints
    return r.choice([None, None, "max_norm", "non_neg", "unit_norm", C.MaxNorm(1.5, axis=0), C.MinMaxNorm(0.1, 0.9, rate=0.5), C.UnitNorm(axis=0)])


def kernel(r):
    given = dict(kernel_initializer=initializer, kernel_regularizer=regularizer, kernel_constraint=constraint, bias_regularizer=regularizer, bias_initializer=lambda r: r.choice(["zeros", "ones"]), activity_regularizer=regularizer)
    return {name: make(r) for name, make in given.items() if r.random() < 0.2}


def base(r):
    made = {}
    if r.random() < 0.1:
        made["trainable"] = False
    if r.random() < 0.06:
        made["dtype"] = r.choice(["float64", K.mixed_precision.Policy("mixed_bfloat16"), "float32"])
    return made


ANY = [
    *random_layers.ANY,
    lambda r, t: L.Dense(r.randint(1, 6), activation=r.choice(ACTIVATIONS), use_bias=r.random() < 0.8, **kernel(r), **base(r)),
    lambda r, t: L.Activation(r.choice(ACTIVATIONS[:-3])),
    lambda r, t: L.ReLU(max_value=r.choice([None, 6, 1.5]), negative_slope=r.choice([0, 0.1]), threshold=r.choice([0, 0.5])),
    lambda r, t: L.ThresholdedReLU(r.choice([1.0, 0.25])),
    lambda r, t: L.PReLU(shared_axes=r.choice([None, [1]]), alpha_initializer=r.choice(["zeros", "ones"])),
    lambda r, t: L.BatchNormalization(axis=r.choice([1, -1, [1]]), epsilon=1e-5, gamma_regularizer=regularizer(r)),
    lambda r, t: L.LayerNormalization(epsilon=r.choice([1e-3, 1e-5]), axis=r.choice([-1, [-1]])) if t.shape[-1] > 1 else None,
    lambda r, t: L.Normalization(mean=r.choice([0.5, 1]), variance=r.choice([2.0, 4]), axis=None),
]

VECTOR = [*ANY, *random_layers.VECTOR]


def recurrent(r, t):
    kind = r.choice(["LSTM", "GRU", "SimpleRNN"])
    options = dict(return_sequences=r.random() < 0.6, go_backwards=r.random() < 0.2, activation=r.choice(["tanh", "relu"]), unroll=r.random() < 0.15)
    if kind == "GRU":
        options["reset_after"] = r.random() < 0.5
    if kind == "LSTM":
        options["unit_forget_bias"] = r.random() < 0.5
    if kind != "SimpleRNN":
        options["implementation"] = r.choice([1, 2])
        options["recurrent_activation"] = r.choice(["sigmoid", "hard_sigmoid"])
    if r.random() < 0.2:
        options |= {"recurrent_regularizer": regularizer(r), "recurrent_constraint": constraint(r), "dropout": 0.2, "recurrent_dropout": 0.1, "use_bias": r.random() < 0.5}
    layer = getattr(L, kind)(r.randint(1, 4), **options)
    if r.random() < 0.3:
        if r.random() < 0.3:
            back = getattr(L, kind)(r.randint(1, 4), return_sequences=layer.return_sequences, go_backwards=not layer.go_backwards)
            return L.Bidirectional(layer, merge_mode="concat", backward_layer=back)
        return L.Bidirectional(layer, merge_mode=r.choice(["concat", "sum", "mul", "ave"]), **base(r))
    return layer


def cells(r, t):
    made = [r.choice([lambda: L.GRUCell(r.randint(1, 3), reset_after=r.random() < 0.5), lambda: L.LSTMCell(r.randint(1, 3)), lambda: L.SimpleRNNCell(2)])() for _ in range(r.randint(1, 3))]
    cell = made if r.random() < 0.5 else L.StackedRNNCells(made)
    if len(made) == 1 and r.random() < 0.5:
        cell = made[0]
    return L.RNN(cell, return_sequences=r.random() < 0.5, go_backwards=r.random() < 0.3)


SEQUENCE = [
    *ANY,
    *random_layers.SEQUENCE,
    recurrent, recurrent, recurrent, cells,
    lambda r, t: L.Conv1D(r.randint(1, 4), r.randint(1, 3), padding=r.choice(["same", "causal", "valid"]), activation=r.choice(ACTIVATIONS), **kernel(r)),
    lambda r, t: L.LocallyConnected1D(2, 2, implementation=r.choice([1, 2, 3]), **kernel(r)),
    lambda r, t: L.TimeDistributed(L.Dense(r.randint(1, 4), activation=r.choice(ACTIVATIONS), **kernel(r))),
    lambda r, t: L.TimeDistributed(K.Sequential([L.Dense(2), L.ReLU()])),
]

IMAGE = [
    *ANY,
    *random_layers.IMAGE,
    lambda r, t: L.Conv2D(r.randint(1, 4), r.choice([1, 2, 3, (1, 3)]), padding="same", activation=r.choice(ACTIVATIONS), **kernel(r), **base(r)),
    lambda r, t: L.LocallyConnected2D(2, (2, 1), implementation=r.choice([1, 2, 3])),
    lambda r, t: L.TimeDistributed(r.choice([L.Conv1D(2, 2, padding="same"), L.LSTM(2), L.GlobalMaxPooling1D(), L.BatchNormalization()])),
    lambda r, t: L.Resizing(r.randint(2, 5), r.randint(2, 5), interpolation=r.choice(["bilinear", "nearest"])),
    lambda r, t: L.CenterCrop(2, 3) if min(t.shape[1:3]) > 2 else None,
    lambda r, t: r.choice([lambda: L.RandomFlip("horizontal"), lambda: L.RandomRotation(0.2, fill_mode="constant"), lambda: L.RandomZoom(0.1, (-0.2, 0.3)), lambda: L.RandomTranslation(0.1, 0.2), lambda: L.RandomContrast(0.3)])(),
]

VOLUME = [
    *ANY,
    lambda r, t: L.Conv3D(2, 2, padding="same", activation=r.choice(ACTIVATIONS)),
    lambda r, t: L.MaxPooling3D(2, padding="same"),
    lambda r, t: L.ConvLSTM2D(2, 2, padding="same", return_sequences=r.random() < 0.5),
    lambda r, t: L.TimeDistributed(L.Conv2D(2, 2)),
    lambda r, t: r.choice([L.GlobalAveragePooling3D, L.GlobalMaxPooling3D])(),
    lambda r, t: L.ZeroPadding3D(1),
    lambda r, t: L.UpSampling3D(2),
    lambda r, t: L.Cropping3D(((0, 1), (0, 0), (1, 0))),
]

BY_RANK = {2: VECTOR, 3: SEQUENCE, 4: IMAGE, 5: VOLUME}


@functools.cache
def cases(family):
    """Those that a model can hold, and that give the same each time."""
    made = []
    try:
        made.extend(importlib.import_module(f"keras2.layers_{family}").cases())
    except AttributeError:
        pass  # An older Keras has none of the classes behind these.
    return [c for c in made if c.call and not (c.random or c.masks or c.adapt or c.kwargs or c.batch) and c.args is None and len(c.inputs) == 1]


def chained(rng, tensor):
    """A layer of a golden case on one float input of the tensor's rank; None where none was found."""
    for _ in range(20):
        case = rng.choice(cases(rng.choice(FAMILIES)))
        (given,) = case.inputs
        if given["dtype"] == "float32" and len(given["shape"]) == len(tensor.shape):
            return case.make()
    return None
