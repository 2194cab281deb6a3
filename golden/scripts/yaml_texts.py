"""Writes golden/2.5/yaml.json: models of tf.keras 2.5, the last that wrote YAML, as to_yaml and to_json say them.

    .cache/python/tf-keras-2.5/bin/python golden/scripts/yaml_texts.py
"""

import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"

from pathlib import Path

import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import Input, Model, Sequential, layers

GOLDEN = Path(__file__).parent.parent
sys.path.insert(0, str(GOLDEN))
from harness import manifest  # noqa: E402


def stack():
    """Lists of TensorFlow, arrays of NumPy without axes, numbers of NumPy, tuples."""
    return Sequential(
        [
            Input((8, 8, 3)),
            layers.Conv2D(2, 3, kernel_regularizer="l2", padding="same"),
            layers.BatchNormalization(),
            layers.ReLU(6.0, negative_slope=0.1),
            layers.LeakyReLU(0.2),
            layers.LayerNormalization(axis=[1, 2]),
            layers.Cropping2D(((0, 1), (1, 0))),
        ],
        name="stack",
    )


def graph():
    """Dicts that count how often they are used, shapes of TensorFlow."""
    x, y = Input((4, 3), name="x"), Input((5, 3), name="y")
    shared = layers.Bidirectional(layers.LSTM(2, return_sequences=True), name="both")
    given = layers.MultiHeadAttention(2, 3, name="heads")(shared(x), shared(y))
    return Model([x, y], layers.RNN([layers.GRUCell(2), layers.LSTMCell(3)], name="cells")(given + 1.0), name="graph")


def main():
    cases = []
    for make in (stack, graph):
        keras.backend.clear_session()
        model = make()
        cases.append({"id": make.__name__, "config_text": model.to_json(), "config_yaml": model.to_yaml()})
    (GOLDEN / "2.5" / "yaml.json").write_text(json.dumps({"cases": cases}, indent=1) + "\n")
    manifest.update(GOLDEN, "2.5", {"keras": keras.__version__, "tensorflow": tf.__version__, "numpy": np.__version__})


if __name__ == "__main__":
    main()
