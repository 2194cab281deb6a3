"""Writes golden/<version>/hdf5/<id>.h5: models of golden/<version>/files as `model.save` has them in HDF5.

    KERAS_BACKEND=jax .cache/python/3.6/bin/python golden/scripts/keras_3_hdf5.py
    KERAS_BACKEND=jax .cache/python/latest/bin/python golden/scripts/keras_3_hdf5.py

What they compute stands beside the `.keras` files. Some of these HDF5 files Keras itself does not load, as those of operations.
"""

import sys
from pathlib import Path

GOLDEN = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(GOLDEN))

import keras  # noqa: E402

from cases import custom  # noqa: E402, F401  registers the custom objects
from harness import fixed, manifest  # noqa: E402

VERSION = ".".join(keras.__version__.split(".")[:2])
NAMES = (
    "all_attention", "all_core", "all_merging", "all_normalization", "all_wrapping", "bfloat16", "both_ways",
    "custom_layer", "dictionary_inputs", "embedded_masks", "fitted_adam", "fitted_schedule", "float16_and_mixed",
    "multi_output", "nested", "recurrent", "renamed_layers", "transformer",
    "unet_operations",
)  # fmt: skip
# Of the newest, what it writes otherwise.
if VERSION != "3.6":
    NAMES = ("all_core", "fitted_adam", "multi_output", "unet_operations")


def main():
    folder = GOLDEN / VERSION / "hdf5"
    folder.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        source, target = GOLDEN / VERSION / "files" / f"{name}.keras", folder / f"{name}.h5"
        if not source.exists():
            continue
        try:
            keras.backend.clear_session()
            with fixed.reproducible_saving():
                keras.saving.load_model(source).save(target)
        except Exception as error:
            target.unlink(missing_ok=True)
            print(f"{name}: {type(error).__name__}: {str(error)[:200]}")
    manifest.update(GOLDEN)


if __name__ == "__main__":
    main()
