"""Writes src/data/data.golden.json: what Keras's functions for arrays give.

    KERAS_BACKEND=jax .cache/python/3.6/bin/python golden/scripts/data.py
"""

import json
import os
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_PLATFORMS"] = "cpu"

import numpy as np
from keras import utils

OUT = Path(__file__).parents[2] / "src" / "data" / "data.golden.json"

CLASSES = [
    ([0, 2, 1], {}),
    ([0, 2, 1], {"num_classes": 5}),
    ([[0], [3]], {}),
    ([[0, 1], [1, 2]], {"num_classes": 4}),
    ([[[1], [0]]], {}),
    ([1.0, 2.7], {}),
    (2, {"num_classes": 3}),
    ([], {"num_classes": 3}),
]
SEQUENCES = [
    ([[1], [2, 3], [4, 5, 6]], {}),
    ([[1], [2, 3], [4, 5, 6]], {"padding": "post"}),
    ([[1], [2, 3], [4, 5, 6]], {"maxlen": 2}),
    ([[1], [2, 3], [4, 5, 6]], {"maxlen": 2, "truncating": "post", "value": -1}),
    ([[1], [2, 3], [4, 5, 6]], {"maxlen": 5, "padding": "post", "dtype": "float32", "value": 0.5}),
    ([[1.7, -1.7], []], {}),
    ([[1.5], []], {"value": 2.9}),
    ([[], [1, 2]], {"dtype": "int64"}),
    ([[], []], {"maxlen": 2}),
    ([[[1, 2]], [[3, 4], [5, 6]], []], {}),
    ([[[1, 2]], [[3, 4], [5, 6]]], {"maxlen": 1, "padding": "post", "truncating": "post"}),
    ([[1, 0], [3]], {"dtype": "bool"}),
]


def record(given, options, result):
    result = np.asarray(result)
    return {"given": given, "options": options, "shape": result.shape, "values": [float(x) for x in result.ravel()]}


records = {
    "to_categorical": [record(x, options, utils.to_categorical(x, **options)) for x, options in CLASSES],
    "pad_sequences": [record(x, options, utils.pad_sequences(x, **options)) for x, options in SEQUENCES],
    "pack_x_y_sample_weight": [
        {"given": given, "packed": utils.pack_x_y_sample_weight(*given)}
        for given in (["x"], [["x"]], ["x", "y"], ["x", "y", "w"], [["x", "x"], ["y"]])
    ],
    "unpack_x_y_sample_weight": [
        {"given": given, "parts": utils.unpack_x_y_sample_weight(given)}
        for given in ("x", ["x"], ["x", "y"], ["x", "y", "w"])
    ],
}
parts = (f'"{name}": [\n' + ",\n".join(json.dumps(each) for each in all) + "\n]" for name, all in records.items())
OUT.write_text("{" + ",\n".join(parts) + "}\n", newline="\n")
