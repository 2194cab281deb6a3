"""Writes src/random/random.golden.json: what the functions of keras.random draw on JAX on a CPU.

    KERAS_BACKEND=jax python golden/scripts/keras_random.py
"""

import json
import os
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import keras
import numpy as np

OUT = Path(__file__).parents[2] / "src" / "random" / "random.golden.json"
FLOATS = ("float32", "float16", "bfloat16", "float64")
INTEGERS = ("int32", "uint8", "int8", "uint16", "int16", "uint32", "int64", "uint64")
LOGITS = [[0.1, -1.5, 2.0, 0.3], [5.0, 4.5, 4.75, -20.0]]


def hexadecimal(array, dtype):
    """The bytes of an array, little-endian; the types that JAX has not are widened."""
    array = np.asarray(array)
    wide = dtype in ("float64", "int64", "uint64")
    array = array.astype(dtype) if wide else array
    return array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes().hex()


def case(function, arguments, options, dtype, x=None):
    """One case: drawn after a number, and twice after a generator that begins with it."""
    seed = options["seed"]
    rest = {key: value for key, value in options.items() if key != "seed"}
    draw = getattr(keras.random, function)
    first = [] if x is None else [jax.numpy.asarray(np.asarray(x["values"]), x["dtype"]).reshape(x["shape"])]
    generator = keras.random.SeedGenerator(seed)
    # Keras hands lists to JAX as they are where it has one parameter.
    given = [np.asarray(each) for each in arguments] if function == "gamma" else arguments
    given = [arguments[0], *given[1:]] if given else given
    drawn = [draw(*first, *given, **rest, seed=each) for each in (seed, generator, generator)]
    return {
        "function": function,
        **({} if x is None else {"x": x}),
        "arguments": arguments,
        "options": options,
        "dtype": dtype,
        "shape": list(drawn[0].shape),
        "drawn": [hexadecimal(each, dtype) for each in drawn],
    }


def counted(shape, dtype):
    return {"values": list(range(int(np.prod(shape)))), "dtype": dtype, "shape": shape}


def cases():
    for dtype in FLOATS:
        for shape, low, high in (([5, 4], 0.0, 1.0), ([3, 7], -0.05, 0.05), ([40], 0.1, 7.3), ([], -3.0, 0.001)):
            yield case("uniform", [shape], {"minval": low, "maxval": high, "dtype": dtype, "seed": 42}, dtype)
        for shape, mean, deviation in (([5, 4], 0.0, 1.0), ([60], 0.0, 0.05), ([3, 30], -1.3, 2.7), ([20], 5.0, 1.0)):
            options = {"mean": mean, "stddev": deviation, "dtype": dtype, "seed": 1337}
            yield case("normal", [shape], options, dtype)
            yield case("truncated_normal", [shape], options, dtype)
        for rate, noise_shape in ((0.25, None), (0.9, None), (0.0, None), (1.0, None), (0.5, [None, 1])):
            if dtype != "float64":
                options = {"noise_shape": noise_shape, "seed": 7}
                yield case("dropout", [rate], options, dtype, counted([6, 5], dtype))
    for dtype in INTEGERS:
        for shape, low, high in (([5, 4], 0, 10), ([60], 3, 100), ([4], 5, 5)):
            yield case("randint", [shape, low, high], {"dtype": dtype, "seed": 9}, dtype)
    for low, high in ((-(2**31), 2**31 - 1), (-1500000000, 1700000001), (-7, 70000)):
        yield case("randint", [[30], low, high], {"dtype": "int32", "seed": 2**32 - 1}, "int32")
    for low, high, dtype in ((0, 256, "uint8"), (-300, 300, "int8"), (-5, 5, "uint32")):
        yield case("randint", [[30], low, high], {"dtype": dtype, "seed": 3}, dtype)
    for seed in (0, 42, 12345):
        x = {"values": LOGITS, "dtype": "float32", "shape": [2, 4]}
        yield case("categorical", [50], {"dtype": "int32", "seed": seed}, "int32", x)
    yield case("categorical", [3], {"dtype": "int64", "seed": 5}, "int64", x)
    for shape, axis, dtype in (([10], 0, "int32"), ([4, 6], 0, "float32"), ([4, 6], 1, "float32"), ([2, 3, 4], -2, "int8"), ([2000], 0, "int32"), ([1], 0, "float32")):
        yield case("shuffle", [], {"axis": axis, "seed": 11}, dtype, counted(shape, dtype))
    for dtype in FLOATS:
        for shape, alpha in (([5, 4], 0.1), ([3, 20], 0.7), ([40], 1.0), ([3, 4], [0.5, 3.0, 20.0, 1000.0]), ([], 100.0)):
            yield case("gamma", [shape, alpha], {"dtype": dtype, "seed": 21}, dtype)
        for shape, alpha, beta in (([30], 0.5, 0.5), ([3, 4], [2.0, 0.1, 30.0, 1.0], [[3.0], [0.2], [1.0]]), ([], 5, 1)):
            if dtype in ("float16", "bfloat16"):  # Keras makes float32 of both parameters, which JAX then refuses.
                continue
            yield case("beta", [shape, alpha, beta], {"dtype": dtype, "seed": 22}, dtype)
        for shape, counts, rates in (([30], 10, 0.3), ([40], 1000, 0.02), ([3, 4], [1, 50, 101, 10**6], [[0.1], [0.5], [0.97]]), ([4], [0, 7, -1, 5], [0.5, 1.0, 0.5, 1.5])):
            yield case("binomial", [shape, counts, rates], {"dtype": dtype, "seed": 23}, dtype)


golden = {"versions": {"keras": keras.__version__, "jax": jax.__version__}, "cases": list(cases())}
OUT.write_text(json.dumps(golden, separators=(",", ":")).replace('{"function"', '\n{"function"') + "\n")
