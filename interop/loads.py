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


# By their bare names too: 3.7 and 3.8 do not find a function that 3.6 wrote so among those that are registered.
CUSTOM = {made.__name__: made for made in keras.saving.get_custom_objects().values()}


def loads(path):
    keras.utils.clear_session()
    try:
        keras.saving.load_model(path, custom_objects=CUSTOM, compile=False, safe_mode=False)
        return True
    except Exception:
        return False


# Layers of texts need TensorFlow, which no environment has unless asked for.
paths = sorted(path for path in GOLDEN.glob("3.*/files/*.keras") if not path.name.startswith("text_"))
result = {path.relative_to(GOLDEN).as_posix(): loads(path) for path in paths}
print(json.dumps({"keras": keras.__version__, "loads": result}))
