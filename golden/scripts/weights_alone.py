"""Writes golden/<version>/weights/: files of weights without a model, of those in harness/weights_models.py.

    .cache/python/tf-keras-2.15/bin/python golden/scripts/weights_alone.py
    KERAS_BACKEND=jax .cache/python/latest/bin/python golden/scripts/weights_alone.py

tf-keras-2.9 writes them by layers (.h5), and one such that is called .weights.h5; the others write .weights.h5, the newest
of them also several files with an index (.weights.json).
"""

import json
import os
import sys
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
GOLDEN = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(GOLDEN))

import keras

if keras.__version__.startswith("2."):
    from tensorflow import keras as used
else:
    used = keras

from harness import manifest, weights_models  # noqa: E402

VERSION = ".".join(keras.__version__.split(".")[:2])
FOLDER = GOLDEN / VERSION / "weights"
MAJOR, MINOR = map(int, VERSION.split("."))
BY_LAYERS = (MAJOR, MINOR) < (2, 12)
IN_SHARDS = (MAJOR, MINOR) >= (3, 10)


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in weights_models.MAKERS:
        model = weights_models.make(used, name)
        weights_models.fill(model)
        if BY_LAYERS:
            model.save_weights(str(FOLDER / f"{name}.h5"))
        if not BY_LAYERS or name == "dense":
            model.save_weights(str(FOLDER / f"{name}.weights.h5"))
        if IN_SHARDS and name == "dense":
            model.save_weights(str(FOLDER / f"{name}.weights.json"), max_shard_size=1e-7)
    manifest.update(GOLDEN)


if __name__ == "__main__":
    main()
