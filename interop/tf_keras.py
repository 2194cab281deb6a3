"""Loads the models of a folder with TensorFlow's own Keras and says how far what they compute is from what is expected."""

import json
import os
import sys
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"

import numpy
import tensorflow as tf

tf.get_logger().setLevel("ERROR")


def tensor(record):
    values = numpy.array(record["values"], object if record["dtype"] == "string" else "float64")
    return tf.cast(tf.constant(values.reshape(record["shape"])), record["dtype"])


def check(path):
    model = tf.keras.models.load_model(str(path))
    record = json.loads(path.with_suffix(".json").read_text())
    inputs = {name: tensor(value) for name, value in record["inputs"].items()}
    own = tf.nest.flatten(model.input)
    # The only input may have another name.
    given = [inputs[each.name] for each in own] if len(own) > 1 else list(inputs.values())
    outputs = tf.nest.flatten(model(tf.nest.pack_sequence_as(model.input, given), training=False))
    expected = record["outputs"]
    if len(outputs) != len(expected):
        return f"expected {len(expected)} outputs, received {len(outputs)}"
    for got, want in zip(outputs, expected):
        got = tf.cast(got, "float64").numpy()
        want = numpy.array(want["values"], "float64").reshape(want["shape"])
        if got.shape != want.shape:
            return f"expected shape {want.shape}, received {got.shape}"
        worst = numpy.max(numpy.abs(got - want) / (1 + numpy.abs(want)), initial=0)
        if not worst <= record["allowed"]:
            return f"expected the same numbers, received others, up to {worst} away"
    return None


for file in sorted(Path(sys.argv[1]).glob("*.h5")):
    try:
        tf.keras.backend.clear_session()
        problem = check(file)
    except Exception as error:
        problem = f"{type(error).__name__}: {error}"
    print(json.dumps({"name": file.stem, "problem": problem}), flush=True)
