"""Writes golden/<version>/ from TensorFlow's own Keras, as generate.py does from Keras 3.

    .cache/python/tf-keras-2.9/bin/python golden/generate_tf_keras.py [layers[:family…]] [models[:name…]] [cloning]
"""

import os
import sys
import traceback
import warnings

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
warnings.simplefilter("ignore")

import importlib
from pathlib import Path

import h5py
import keras
import numpy
import tensorflow as tf

from harness import manifest, text
from keras2 import cloning, layer_case, model_case, models

tf.get_logger().setLevel("ERROR")
GOLDEN = Path(__file__).parent
VERSION = ".".join(keras.__version__.split(".")[:2])
# All is asked of this version; of newer ones what they write otherwise: files of their own kind.
IS_WHOLE = VERSION == "2.9"
WANTED = [] if IS_WHOLE else models.OF_LAYOUTS if VERSION == "2.13" else models.OF_KERAS_FILES
FAMILIES = ["core", "convolution", "pooling", "normalization", "recurrent", "attention", "preprocessing", "activations", "merging"]


def layers(families):
    by_class, failures = {}, 0
    for family in families or FAMILIES:
        for case in importlib.import_module(f"keras2.layers_{family}").cases():
            try:
                record = layer_case.run(case)
            except Exception:
                failures += 1
                print(f"--- {family} {case.id}")
                traceback.print_exc(limit=-3)
                continue
            by_class.setdefault(record["class_name"].replace(">", "_"), []).append(record)
    for name, cases in by_class.items():
        ids = [r["id"] for r in cases]
        assert len(ids) == len(set(ids)), f"{name}: an id is used twice"
        lines = ",\n".join(text.dump(r) for r in cases)
        text.save(GOLDEN / VERSION / "layers" / f"{name}.json", f'{{"cases":[\n{lines}\n]}}\n')
    return failures


def whole(names):
    failures = 0
    for name, model in models.all_models().items():
        if names and name not in names or WANTED and name not in WANTED:
            continue
        folder = GOLDEN / VERSION / "models"
        try:
            record = model_case.run(name, model.build, folder, model.steps, model.calls, ["h5"] if IS_WHOLE else ["keras"])
        except Exception:
            failures += 1
            print(f"--- {name}")
            traceback.print_exc(limit=-3)
            continue
        lines = ",\n".join(f"{text.dump(n)}:{text.dump(v)}" for n, v in record.items())
        text.save(folder / f"{name}.json", "{" + lines + "}\n")
    return failures


def clones(_):
    lines = ",\n".join(text.dump(r) for r in cloning.records())
    text.save(GOLDEN / VERSION / "cloning.json", f'{{"cases":[\n{lines}\n]}}\n')
    return 0


PARTS = {"layers": layers, "models": whole, "cloning": clones}


def main(parts):
    failures = 0
    for part in parts or (PARTS if IS_WHOLE else ["models"]):
        name, _, sections = part.partition(":")
        if not sections:
            for path in (GOLDEN / VERSION / name).glob("*"):
                path.unlink()
        failures += PARTS[name](sections.split(",") if sections else [])
    manifest.update(
        GOLDEN,
        VERSION,
        {"keras": keras.__version__, "tensorflow": tf.__version__, "numpy": numpy.__version__, "h5py": h5py.__version__},
    )
    print(f"Keras {keras.__version__}: {failures} cases failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
