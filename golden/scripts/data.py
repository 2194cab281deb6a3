"""Writes src/data/data.golden.json: what Keras's functions for arrays give.

    KERAS_BACKEND=jax .cache/python/tensorflow-3.6/bin/python golden/scripts/data.py

TensorFlow is there for its datasets alone.
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

SERIES = [[n, 10 * n] for n in range(11)]
WINDOWS = [
    ([0, 1, 2, 3, 4, 5], None, {"sequence_length": 3}),
    (SERIES, None, {"sequence_length": 4, "sequence_stride": 2, "sampling_rate": 2, "batch_size": 2}),
    ([0.5, 1.5, 2.5, 3.5], [7, 8, 9], {"sequence_length": 2, "batch_size": 2}),
    (SERIES, [n + 0.25 for n in range(11)], {"sequence_length": 3, "start_index": 2, "end_index": 9, "batch_size": None}),
    (SERIES, SERIES, {"sequence_length": 2, "sequence_stride": 3, "start_index": 1}),
    ([1, 2, 3], None, {"sequence_length": 5}),
]
SPLITS = [
    (10, {"left_size": 0.75}),
    (10, {"right_size": 0.25}),
    (5, {"left_size": 0.5}),
    (7, {"left_size": 2, "right_size": 3}),
    (10, {"left_size": 0.3, "right_size": 0.2}),
    (9, {"left_size": 4}),
]


def part(tensor):
    return {"dtype": tensor.dtype.name, "shape": tensor.shape.as_list(), "values": [float(x) for x in tensor.numpy().ravel()]}


def windows(data, targets, options):
    batches = utils.timeseries_dataset_from_array(data, targets, **options)
    made = [[part(each) for each in batch] if targets is not None else [part(batch)] for batch in batches]
    return {"given": [data, targets], "options": options, "batches": made}


def split(count, options):
    halves = utils.split_dataset(np.arange(count), **options)
    return {"given": count, "options": options, "parts": [[int(x) for x in half] for half in halves]}


def record(given, options, result):
    result = np.asarray(result)
    return {"given": given, "options": options, "shape": result.shape, "values": [float(x) for x in result.ravel()]}


records = {
    "to_categorical": [record(x, options, utils.to_categorical(x, **options)) for x, options in CLASSES],
    "pad_sequences": [record(x, options, utils.pad_sequences(x, **options)) for x, options in SEQUENCES],
    "timeseries_dataset_from_array": [windows(*given) for given in WINDOWS],
    "split_dataset": [split(*given) for given in SPLITS],
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
