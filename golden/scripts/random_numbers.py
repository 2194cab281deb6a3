"""Writes src/tensor/random.golden.json: random numbers of JAX on a CPU, with the keys that Keras 3.6 makes of seeds.

    KERAS_BACKEND=jax python golden/scripts/random_numbers.py
"""

import json
import os
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import keras
import numpy as np
from keras.src.random.seed_generator import draw_seed

OUT = Path(__file__).parents[2] / "src" / "tensor" / "random.golden.json"
SHAPE = (5, 4)
FLOATS = ("float32", "float16", "bfloat16", "float64")
INTEGERS = ("int32", "uint8", "int8", "uint16", "int16", "uint32", "int64", "uint64")


def key(seed):
    return jax.numpy.asarray(draw_seed(seed))


def hexadecimal(array):
    """The bytes of an array, little-endian."""
    array = np.asarray(array)
    return array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes().hex()


def case(function, seed, arguments, dtype, draw):
    values = draw(key(seed))
    wide = {"float64": "float64", "int64": "int64", "uint64": "uint64"}.get(dtype)
    values = np.asarray(values).astype(wide) if wide else values
    return {"function": function, "seed": seed, "arguments": arguments, "dtype": dtype, "hex": hexadecimal(values)}


def cases():
    random = jax.random
    for dtype in FLOATS:
        for low, high in ((0.0, 1.0), (-0.05, 0.05), (0.1, 7.3), (-3.0, 1e-3)):
            yield case("uniform", 42, [low, high], dtype, lambda k: random.uniform(k, SHAPE, dtype, low, high))
        yield case("normal", 1337, [], dtype, lambda k: random.normal(k, SHAPE, dtype))
        yield case("truncatedNormal", 7, [], dtype, lambda k: random.truncated_normal(k, -2.0, 2.0, SHAPE, dtype))
    for dtype in INTEGERS:
        for low, high in ((0, 10), (3, 100), (5, 5)):
            yield case("randint", 9, [low, high], dtype, lambda k: random.randint(k, SHAPE, low, high, dtype))
    for low, high in ((-(2**31), 2**31 - 1), (-1500000000, 1700000001), (-7, 70000)):
        yield case("randint", 2**32 - 1, [low, high], "int32", lambda k: random.randint(k, SHAPE, low, high, "int32"))
    for low, high, dtype in ((0, 256, "uint8"), (-300, 300, "int8"), (-5, 5, "uint32")):
        yield case("randint", 3, [low, high], dtype, lambda k: random.randint(k, SHAPE, low, high, dtype))
    for p in (0.0, 0.3, 0.9, 1.0):
        yield case("bernoulli", 21, [p], "bool", lambda k: random.bernoulli(k, p, SHAPE))


def erfinv():
    x = np.concatenate([np.linspace(-1, 1, 201), [1e-30, 1e-4, 0.64, 0.65, 0.9999999, 1 - 2**-24, -0.0]])
    x = x.astype("float32")
    return {"x": hexadecimal(x), "y": hexadecimal(jax.lax.erf_inv(x))}


golden = {
    "versions": {"keras": keras.__version__, "jax": jax.__version__},
    "shape": SHAPE,
    "keys": {str(seed): np.asarray(key(seed)).tolist() for seed in (0, 42, 2**31, 2**32 - 1)},
    "bits": hexadecimal(jax.random.bits(key(42), SHAPE)),
    "normal tail": hexadecimal(jax.random.normal(key(42), (1000003,))[-8:]),
    "split": np.asarray(jax.random.split(key(42), 3)).tolist(),
    "foldIn": {str(data): np.asarray(jax.random.fold_in(key(42), data)).tolist() for data in (0, 1, 7, 2**32 - 1)},
    "erfinv": erfinv(),
    "cases": list(cases()),
}
OUT.write_text(json.dumps(golden, indent=1) + "\n")
