"""Writes src/models/call-function.golden.json: graphs of Keras 3.6 that have operations among their layers.

    KERAS_BACKEND=jax python golden/scripts/call_function.py

Inputs and weights are formula tensors, as golden/README.md defines them: weight i is number 100 + i.
"""

import json
import os
import sys
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_PLATFORMS"] = "cpu"

import keras
import numpy as np
from keras import layers, ops

sys.path.insert(0, str(Path(__file__).parents[1] / "harness"))
import formula

OUT = Path(__file__).parents[2] / "src" / "models" / "call-function.golden.json"


def masked_lstm():
    x = keras.Input((5,), dtype="int32", name="ids")
    h = layers.Embedding(7, 3, mask_zero=True, name="e")(x)
    h = layers.LSTM(4, return_sequences=True, name="l1")(h)
    h = layers.LSTM(3, name="l2")(h)
    h = layers.Dense(4, name="d1")(h)
    return keras.Model(x, layers.Dense(2, name="d2")(h), name="masked_lstm")


def times_two():
    x = keras.Input((3,), name="x")
    return keras.Model(x, layers.Dense(2, name="d")(ops.relu(x * 2 - 1)), name="times_two")


def float_of_ints():
    x = keras.Input((3,), dtype="int32", name="n")
    return keras.Model(x, [x * 2, x * 2.0, ops.maximum(1.0, x)], name="float_of_ints")


def mixed():
    x = keras.Input((3,), name="x")
    h = layers.Dense(4, dtype="mixed_float16", name="half")(x)
    return keras.Model(x, layers.Dense(2, dtype="float32", name="single")(h), name="mixed")


def by_keyword():
    x = keras.Input((3, 4), name="x")
    h = layers.MultiHeadAttention(2, 3, name="a")(query=x, value=x)
    h = layers.Dense(4, name="d")(inputs=h)
    return keras.Model(x, ops.sum(h[:, 0:2], axis=1), name="by_keyword")


def case(model, inputs):
    for i, variable in enumerate(model.weights):
        variable.assign(formula.values(formula.spec(100 + i, "float32", variable.shape)))
    outputs = model(formula.values(inputs))
    outputs = outputs if isinstance(outputs, list) else [outputs]
    return {
        "text": model.to_json(),
        "inputs": inputs,
        "outputs": [{"dtype": str(o.dtype), "values": np.asarray(o).tolist()} for o in outputs],
    }


cases = [
    case(masked_lstm(), formula.spec(1, "int32", (4, 5), low=0, high=4)),
    case(times_two(), formula.spec(2, "float32", (2, 3))),
    case(float_of_ints(), formula.spec(3, "int32", (2, 3))),
    case(mixed(), formula.spec(4, "float32", (2, 3))),
    case(by_keyword(), formula.spec(5, "float32", (2, 3, 4))),
]
OUT.write_text(json.dumps(cases, separators=(",", ":")) + "\n")
