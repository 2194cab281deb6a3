"""Writes random models of TensorFlow's own Keras to a folder: `FOLDER SEED COUNT FORMAT…`, with what they compute.

Of each model a line is printed: its name, and null or why there is none. A format is h5, keras, or tf for a SavedModel.
"""

import importlib.util
import json
import os
import sys
import warnings
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
warnings.simplefilter("ignore")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "golden"))

import numpy
import tensorflow as tf

if importlib.util.find_spec("keras") is None:
    # Until 2.5 TensorFlow had it inside.
    sys.modules["keras"], sys.modules["keras.layers"] = tf.keras, tf.keras.layers

import random_tf_models
from harness import text
from keras2 import model_case, records

tf.get_logger().setLevel("ERROR")


def train(model, inputs):
    """One step, after which the weights are those that were recorded again."""
    x = model_case.tensors(inputs)
    truths = tf.nest.map_structure(lambda t: tf.cast(t > 0, "float32"), model(x, training=False))
    before = [numpy.array(w.numpy(), copy=True) for w in model.weights]
    try:
        model.train_on_batch(x, truths)
    except Exception:
        pass  # Some losses are not for all outputs: the model is compiled all the same.
    model.set_weights(before)


def write(name, seed, folder, formats):
    tf.keras.backend.clear_session()
    tf.random.set_seed(0)
    model, rng = random_tf_models.build(seed)
    records.set_weights([w for w in model.weights if w.dtype.is_floating and len(w.shape) > 0])
    record = {"id": name, **model_case.describe(model), "input_names": model.input_names, "inputs": model_case.input_records(model)}
    record["outputs"] = records.structured(model(model_case.tensors(record["inputs"]), training=False))
    record.update(model_case.cloned(model))
    if rng.random() < 0.5:
        random_tf_models.compile_model(rng, model)
        if rng.random() < 0.6:
            train(model, record["inputs"])
    for suffix in formats:
        model.save(str(folder / f"{name}.{suffix}"), save_format=suffix)
    (folder / f"{name}.json").write_text(text.dump(record))


folder, seed, count, *formats = sys.argv[1:]
for each in range(int(seed), int(seed) + int(count)):
    try:
        write(f"random_{each}", each, Path(folder), formats)
        problem = None
    except Exception as error:
        problem = f"{type(error).__name__}: {error}".split("\n")[0][:300]
    print(json.dumps({"name": f"random_{each}", "problem": problem}), flush=True)
