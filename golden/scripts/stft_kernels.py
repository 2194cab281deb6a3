"""Writes src/initializers/stft.golden.json: SciPy's windows, and kernels of Keras's STFT initializer.

    KERAS_BACKEND=jax .cache/python/latest/bin/python golden/scripts/stft_kernels.py
"""

import itertools
import json
import os
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_PLATFORMS"] = "cpu"

import numpy as np
from keras import initializers
from scipy import signal

OUT = Path(__file__).parents[2] / "src" / "initializers" / "stft.golden.json"
NAMES = (
    "barthann bartlett blackman blackmanharris bohman boxcar cosine exponential flattop hamming hann lanczos nuttall "
    "parzen taylor triangle tukey han_periodic rect_symmetric"
).split()

windows = [
    {"name": name, "periodic": periodic, "values": signal.get_window(name, length, periodic).tolist()}
    for name, length, periodic in itertools.product(NAMES, (1, 2, 7, 8), (False, True))
]
OPTIONS = [
    {},
    {"side": "imag", "window": "tukey", "periodic": True},
    {"window": None, "scaling": "spectrum"},
    {"side": "imag", "window": "flattop", "scaling": "spectrum"},
    {"window": [0.5, -1.0] * 32, "scaling": None},
]
kernels = [
    {"options": options, "values": [float(x) for x in np.asarray(initializers.STFT(**options)((64, 1, 65), "float32")).ravel()[::17]]}
    for options in OPTIONS
]

lines = ",\n".join(json.dumps(each) for each in windows), ",\n".join(json.dumps(each) for each in kernels)
OUT.write_text(f'{{"windows": [\n{lines[0]}\n], "kernels": [\n{lines[1]}\n]}}\n', newline="\n")
