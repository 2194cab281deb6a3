"""Layers that are quantized after they were built: (id, layer, how, inputs, keyword arguments of the call)."""

import keras
from keras import layers as L

from harness.layer_case import f, i

Q = keras.quantizers

LAYERS = [
    ("L.Dense(5)", [f(4, 6)], {}),
    ("L.Dense(5, use_bias=False, activation='relu')", [f(2, 3, 6)], {}),
    ("L.Dense(3, dtype='mixed_bfloat16')", [f(4, 6, dtype="bfloat16")], {}),
    ("L.Dense(3, dtype='bfloat16')", [f(4, 6, dtype="bfloat16")], {}),
    ("L.EinsumDense('abc,cd->abd', (None, 5), bias_axes='d')", [f(2, 3, 6)], {}),
    ("L.EinsumDense('abc,cde->abde', (None, 2, 3), bias_axes='de', activation='tanh')", [f(2, 3, 6)], {}),
    ("L.EinsumDense('abcd,cde->abe', (None, 5), bias_axes='e')", [f(2, 3, 2, 4)], {}),
    ("L.EinsumDense('ab,bc->ac', 7)", [f(4, 6)], {}),
    ("L.EinsumDense('abc,cd->adb', (4, 3))", [f(2, 3, 6)], {}),
    ("L.EinsumDense('abc,bd->adc', (4, 6), bias_axes='d')", [f(2, 3, 6)], {}),
    ("L.EinsumDense('abc,dc->abd', (None, 4))", [f(2, 3, 6)], {}),
    ("L.EinsumDense('abc,bcd->ad', (4,))", [f(2, 3, 6)], {}),
    ("L.EinsumDense('abc,bcd->abd', (3, 4))", [f(2, 3, 6)], {}),
    ("L.EinsumDense('...x,xy->...y', 4, bias_axes='y')", [f(2, 3, 6)], {}),
    ("L.EinsumDense('abc,cde->abed', (None, 3, 2))", [f(2, 3, 6)], {}),
    ("L.Embedding(7, 6)", [i(2, 5, low=0, high=7)], {}),
    ("L.Embedding(7, 5, dtype='mixed_bfloat16')", [i(2, 5, low=0, high=7)], {}),
    ("L.ReversibleEmbedding(7, 6)", [i(2, 5, low=0, high=7)], {}),
    ("L.ReversibleEmbedding(7, 6)", [f(2, 3, 6)], {"reverse": True}),
    ("L.ReversibleEmbedding(7, 5, tie_weights=False)", [f(2, 3, 5)], {"reverse": True}),
    ("L.ReversibleEmbedding(7, 5, tie_weights=False)", [i(2, 5, low=0, high=7)], {}),
    ("L.ReversibleEmbedding(7, 6, logit_soft_cap=0.5, dtype='mixed_bfloat16')", [f(2, 3, 6, dtype="bfloat16")], {"reverse": True}),
    ("L.MultiHeadAttention(2, 3)", [f(2, 4, 6), f(2, 5, 6)], {}),
    ("L.GroupQueryAttention(3, 4, 2)", [f(2, 4, 6), f(2, 5, 6)], {}),
]

PRODUCTS = "Dense EinsumDense".split()

# How, and of which layers: None is all.
MODES = [
    ("int8", "'int8'", None),
    ("int4", "'int4'", None),
    ("float8", "'float8'", PRODUCTS),
    ("int4 blocks 2", "config=Q.Int4QuantizationConfig(block_size=2)", None),
    ("int4 blocks 4", "config=Q.Int4QuantizationConfig(block_size=4)", None),
    ("int4 channels", "config=Q.Int4QuantizationConfig(block_size=-1)", None),
    ("int4 inputs", "config=Q.Int4QuantizationConfig(None, Q.AbsMaxQuantizer(), block_size=None)", None),
    ("int8 weights", "config=Q.Int8QuantizationConfig(activation_quantizer=None)", None),
]


def cases():
    for expression, inputs, kwargs in LAYERS:
        for name, how, only in MODES:
            if only is None or any(expression.startswith(f"L.{each}(") for each in only):
                yield f"{name}: {expression}{' reversed' if kwargs else ''}", expression, how, inputs, kwargs
