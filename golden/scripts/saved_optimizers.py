"""Writes golden/2.15/saved-model/optimizers.zip, .json: a SavedModel trained by each optimizer of tf.keras 2.15.

    .cache/python/tf-keras-2.15/bin/python golden/scripts/saved_optimizers.py
"""

import json
import tempfile
import zipfile

from pathlib import Path

from saved_models import FOLDER, GOLDEN, manifest, strip, tensor  # sets TensorFlow up

import numpy as np
from tensorflow import keras

OPTIMIZERS = {
    "adafactor": lambda of: of.Adafactor(0.01),
    "adadelta": lambda of: of.Adadelta(0.1),
    "adagrad": lambda of: of.Adagrad(0.1),
    "adam": lambda of: of.Adam(0.01),
    "adam_amsgrad": lambda of: of.Adam(0.01, amsgrad=True),
    "adam_schedule": lambda of: of.Adam(of.schedules.ExponentialDecay(0.1, 2, 0.5)),
    "adamax": lambda of: of.Adamax(0.01),
    "adamw": lambda of: of.AdamW(0.01),
    "ftrl": lambda of: of.Ftrl(0.1),
    "lion": lambda of: of.Lion(0.01),
    "nadam": lambda of: of.Nadam(0.01),
    "nadam_ema": lambda of: of.Nadam(0.01, use_ema=True),
    "rmsprop": lambda of: of.RMSprop(0.01),
    "rmsprop_all": lambda of: of.RMSprop(0.01, momentum=0.5, centered=True),
    "sgd": lambda of: of.SGD(0.1),
    "sgd_ema": lambda of: of.SGD(0.1, use_ema=True),
    "sgd_momentum": lambda of: of.SGD(0.1, momentum=0.5),
}


def record(optimizer):
    """What it keeps: its list, its learning rate where that is a number, and the product of a Nadam."""
    kept = {"variables": [{"name": each.name, **tensor(each.numpy())} for each in optimizer._variables]}
    rate = optimizer._learning_rate
    if hasattr(rate, "numpy"):
        kept["learning_rate"] = tensor(rate.numpy())
    if hasattr(optimizer, "_u_product"):
        kept["product"] = tensor(optimizer._u_product.numpy())
    return kept


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    x = np.cos(np.arange(8.0)).reshape(4, 2).astype("float32")
    records = {}
    with zipfile.ZipFile(FOLDER / "optimizers.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, make in OPTIMIZERS.items():
            keras.backend.clear_session()
            keras.utils.set_random_seed(1)
            # Kernels of one shape, which nothing but their order tells from each other.
            has_bias = name == "adafactor"
            dense = [keras.layers.Dense(2, use_bias=has_bias, name=each) for each in "ab"]
            model = keras.Sequential([keras.Input((2,)), *dense], name=name)
            model.compile(make(keras.optimizers), "mse")
            for _ in range(3):
                model.train_on_batch(x, np.sin(x))
            records[name] = record(model.optimizer)
            with tempfile.TemporaryDirectory() as folder:
                model.save(folder, save_format="tf")
                strip(Path(folder) / "saved_model.pb")
                for path in sorted(Path(folder).rglob("*")):
                    if path.is_file() and path.name != "fingerprint.pb":
                        info = zipfile.ZipInfo(f"{name}/{path.relative_to(folder)}")
                        info.compress_type = zipfile.ZIP_DEFLATED
                        archive.writestr(info, path.read_bytes())
    (FOLDER / "optimizers.json").write_text(json.dumps(records, separators=(",", ":")) + "\n")
    manifest.update(GOLDEN)


if __name__ == "__main__":
    main()
