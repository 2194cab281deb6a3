"""Writes a line of JSON for each architecture of keras.applications: its config, formula weights, an input, the output.

    KERAS_BACKEND=jax .cache/python/3.6/bin/python interop/applications.py [NAME…]
"""

import json
import os
import sys
import warnings

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_PLATFORMS"] = "cpu"
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
os.environ.setdefault("JAX_COMPILATION_CACHE_DIR", os.path.join(ROOT, ".cache", "jax"))
os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0")
os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES", "-1")
sys.path.insert(0, os.path.join(ROOT, "golden"))
warnings.simplefilter("ignore")

import keras

from harness import formula, model_case, text

# The smallest pictures that all of a family take.
SIZES = {"Inception": 75, "Xception": 71, "NASNet": 64}
# Those that bring pictures of 0 to 255 into their range themselves.
RAW = ("EfficientNet", "ConvNeXt", "MobileNetV3")


def run(name):
    keras.utils.clear_session()
    size = next((n for family, n in SIZES.items() if family in name), 64)
    model = getattr(keras.applications, name)(weights=None, input_shape=(size, size, 3), classes=10)
    scaled = {"scale": 127.5, "offset": 127.5} if name.startswith(RAW) else {}
    given = formula.spec(1, "float32", (1, size, size, 3), **scaled)
    weights = model_case.set_weights(model, with_path=False)
    output = model(keras.ops.convert_to_tensor(formula.values(given)))
    record = {
        "name": name,
        "config_text": model.to_json(),
        "parameters": model.count_params(),
        "weights": weights,
        "input": given,
        "output": text.tensor(keras.ops.convert_to_numpy(output)),
    }
    print(json.dumps(record), flush=True)


names = [name for name in dir(keras.applications) if name[0].isupper()]
for name in sys.argv[1:] or names:
    run(name)
