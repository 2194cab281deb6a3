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


def trained(path, inputs, truths):
    """What a model's weights and its optimizer's are when it was loaded, and after a step."""
    tf.keras.backend.clear_session()
    model = tf.keras.models.load_model(str(path))

    def variables():
        own = model.optimizer.variables
        own = own() if callable(own) else own
        return [numpy.array(v) for v in [*model.weights, *own]]

    before = variables()
    model.train_on_batch(
        tf.nest.pack_sequence_as(model.input, inputs),
        tf.nest.pack_sequence_as(model.output, truths),
    )
    return before, variables()


def check_training(path, record):
    """Two files of one model go on alike."""
    inputs, truths = ([tensor(each) for each in record[key]] for key in ("inputs", "truths"))
    own = trained(path, inputs, truths)
    given = trained(Path(record["again"]), inputs, truths)
    for when, got, want in zip(("when loaded", "after a step"), own, given):
        if len(got) != len(want):
            return f"expected {len(want)} arrays {when}, received {len(got)}"
        for n, (one, other) in enumerate(zip(got, want)):
            if one.shape != other.shape or not numpy.allclose(one, other, rtol=1e-6, atol=1e-7):
                return f"expected array {n} to be the same {when}, received {one} for {other}"
    return None


def check(path):
    record = json.loads(path.with_suffix(".json").read_text())
    if "again" in record:
        return check_training(path, record)
    model = tf.keras.models.load_model(str(path))
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


for file in sorted(each for each in Path(sys.argv[1]).iterdir() if each.suffix in (".h5", ".keras")):
    try:
        tf.keras.backend.clear_session()
        problem = check(file)
    except Exception as error:
        problem = f"{type(error).__name__}: {error}"
    print(json.dumps({"name": file.stem, "problem": problem}), flush=True)
