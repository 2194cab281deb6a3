"""Which golden files the Keras on the path loads, as JSON. `npm run interop -- --versions` runs it for each version."""

import json
import os
import sys
import warnings
from pathlib import Path

os.environ["KERAS_BACKEND"] = "numpy"
GOLDEN = Path(__file__).resolve().parent.parent / "golden"
sys.path.insert(0, str(GOLDEN))
warnings.simplefilter("ignore")

import keras

from cases import custom  # noqa: F401  registers the custom objects

# Slow to make, and their classes are in the other files too.
SKIPPED = ("all_attention", "all_convolution", "all_recurrent", "all_core", "all_normalization")


def loads(path):
    keras.utils.clear_session()
    try:
        keras.saving.load_model(path, compile=False, safe_mode=False)
        return True
    except Exception:
        return False


paths = sorted(path for path in GOLDEN.glob("3.*/files/*.keras") if path.stem not in SKIPPED)
result = {path.relative_to(GOLDEN).as_posix(): loads(path) for path in paths}
print(json.dumps({"keras": keras.__version__, "loads": result}))
