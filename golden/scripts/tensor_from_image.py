"""Writes src/ops/tensor-from-image.golden.json: pixels resized by keras.ops.image.resize and scaled by Rescaling.

    .cache/python/3.6/bin/python golden/scripts/tensor_from_image.py
"""

import json
import os
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"

import keras
import numpy as np

OUT = Path(__file__).parents[2] / "src" / "ops" / "tensor-from-image.golden.json"

cases = []
for height, width, channels, size, interpolation in (
    (4, 6, 3, (2, 3), "bilinear"),
    (4, 6, 3, (7, 5), "bilinear"),
    (3, 3, 1, (5, 2), "bilinear"),
    (2, 3, 4, (4, 4), "bilinear"),
    (5, 4, 3, (3, 7), "nearest"),
    (3, 2, 1, (2, 5), "nearest"),
):
    count = height * width * channels
    pixels = (np.arange(count) * 97 % 256).astype("uint8")
    image = pixels.reshape(1, height, width, channels).astype("float32")
    resized = keras.ops.image.resize(image, size, interpolation=interpolation)
    scaled = keras.layers.Rescaling(1 / 127.5, offset=-1)(resized)
    cases.append(
        {
            "height": height,
            "width": width,
            "channels": channels,
            "size": size,
            "interpolation": interpolation,
            "pixels": pixels.tolist(),
            "outputs": [float(str(x)) for x in np.asarray(scaled).ravel()],
        }
    )
OUT.write_text("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
