"""Writes golden/<keras version>/ from real Keras. Run it with the Python of one of interop's environments.

    KERAS_BACKEND=jax .cache/python/3.6/bin/python golden/generate.py [part…]

A part is one of names, randomness, signatures, identifiers, layers, objects, newer_objects, tree, losses, metrics, metric_functions, optimizers,
quantizers, quantized, ops, catalogue_ops, linalg, image_ops, image_parts, policies, models, files, unknown, applications, texts (default: all, but
texts only beside TensorFlow), or a piece of one: layers:core,pooling. The parts text_files and feature_spaces are run alone.
"""

import os
import sys
import warnings

# Keras on JAX passes no texts through a model, and makes int32 of int64.
TEXT_FILES = "text_files"
ON_TENSORFLOW = [TEXT_FILES, "feature_spaces"]
os.environ["KERAS_BACKEND"] = "tensorflow" if [part.split(":")[0] for part in sys.argv[1:]] in [[part] for part in ON_TENSORFLOW] else "jax"
os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
CACHE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".cache")
os.environ.setdefault("KERAS_HOME", os.path.join(CACHE, "keras-home"))
os.environ.setdefault("JAX_COMPILATION_CACHE_DIR", os.path.join(CACHE, "jax"))
os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0")
os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES", "-1")

import importlib
import importlib.util
from pathlib import Path

import keras

from harness import manifest

warnings.simplefilter("ignore")
GOLDEN = Path(__file__).parent
VERSION = ".".join(keras.__version__.split(".")[:2])
PARTS = ["names", "randomness", "signatures", "identifiers", "layers", "objects", "newer_objects", "tree", "losses", "metrics", "metric_functions", "optimizers", "quantizers", "quantized", "ops", "catalogue_ops", "linalg", "image_ops", "image_parts", "policies", "models", "files", "unknown", "applications"]


def update_manifest():
    """Rewrites manifest.json; versions are those of JAX's environments."""
    import h5py
    import jax
    import numpy

    here = {
        "keras": keras.__version__,
        "backend": keras.backend.backend(),
        "jax": jax.__version__,
        "numpy": numpy.__version__,
        "h5py": h5py.__version__,
    }
    manifest.update(GOLDEN, VERSION, here if here["backend"] == "jax" else None)


def clear(part):
    """Removes what a part wrote; of the folder `files` the files of texts are another part."""
    for path in (GOLDEN / VERSION / ("files" if part == TEXT_FILES else part)).glob("*"):
        if path.name.startswith("text_") == (part == TEXT_FILES):
            path.unlink()


def default_parts():
    """All that this environment can write: texts need TensorFlow."""
    has_tensorflow = importlib.util.find_spec("tensorflow") is not None
    return PARTS + ["texts"] if has_tensorflow else PARTS


def main(parts):
    failures = 0
    for part in parts or default_parts():
        name, _, sections = part.partition(":")
        module = importlib.import_module(f"parts.{name}")
        if not sections:
            clear(name)
        failures += module.generate(GOLDEN / VERSION, sections.split(",") if sections else [])
    update_manifest()
    print(f"Keras {keras.__version__}: {failures} cases failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
