"""Writes src/ops/window-gradients.golden.json: what JAX gives as gradients of convolutions, pooling and resizing.

    JAX_PLATFORMS=cpu python golden/scripts/window_gradients.py
"""

import json
import os
from pathlib import Path

os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import numpy as np
from jax import lax

OUT = Path(__file__).parents[2] / "src" / "ops" / "window-gradients.golden.json"
random = np.random.default_rng(7)


def floats(*shape):
    return random.normal(size=shape).astype("float32")


def small_integers(*shape):
    """Few different numbers, so that windows have equal ones."""
    return random.integers(0, 3, size=shape).astype("float32")


def tensor(array):
    array = np.asarray(array)
    return {"shape": array.shape, "values": [round(float(x), 6) for x in array.ravel()]}


def case(primitive, label, attributes, function, *inputs):
    outputs, pullback = jax.vjp(function, *inputs)
    cotangent = floats(*outputs.shape)
    return {
        "primitive": primitive,
        "label": label,
        "attributes": attributes,
        "inputs": [tensor(x) for x in inputs],
        "cotangent": tensor(cotangent),
        "gradients": [tensor(x) for x in pullback(cotangent)],
    }


POOLS = {
    "apart": ((2, 4, 6, 2), [2, 2], [2, 2], [[0, 0], [0, 0]]),
    "overlapping": ((1, 5, 6, 2), [3, 2], [1, 1], [[1, 1], [0, 1]]),
    "a rest": ((1, 8, 3), [3], [2], [[0, 0]]),
    "3-D": ((1, 3, 4, 3, 1), [2, 2, 2], [1, 2, 1], [[0, 1], [0, 0], [1, 0]]),
}


def pool_arguments(window, strides, padding):
    return (1, *window, 1), (1, *strides, 1), ((0, 0), *map(tuple, padding), (0, 0))


def max_pools():
    for label, (shape, window, strides, padding) in POOLS.items():
        arguments = pool_arguments(window, strides, padding)
        attributes = {"window": window, "strides": strides, "padding": padding}

        def function(x):
            return lax.reduce_window(x, -np.inf, lax.max, *arguments)

        yield case("max_pool", label, attributes, function, floats(*shape))
        yield case("max_pool", f"{label}, ties", attributes, function, small_integers(*shape))


def average_pools():
    for label, (shape, window, strides, padding) in POOLS.items():
        arguments = pool_arguments(window, strides, padding)

        def function(x):
            counts = lax.reduce_window(jax.numpy.ones_like(x), 0.0, lax.add, *arguments)
            return lax.reduce_window(x, 0.0, lax.add, *arguments) / counts

        yield case(
            "avg_pool", label, {"window": window, "strides": strides, "padding": padding}, function, floats(*shape)
        )


CONVOLUTIONS = {
    "plain": ((2, 5, 6, 3), (3, 2, 3, 4), [1, 1], [[1, 1], [0, 1]], [1, 1], 1),
    "strides, a rest": ((1, 6, 6, 2), (3, 2, 2, 3), [2, 3], [[0, 1], [0, 0]], [1, 1], 1),
    "dilated": ((2, 9, 2), (3, 2, 3), [1], [[2, 0]], [2], 1),
    "groups": ((2, 5, 5, 6), (3, 3, 2, 9), [2, 1], [[1, 1], [0, 0]], [1, 1], 3),
    "depthwise": ((1, 5, 5, 4), (2, 3, 1, 8), [1, 2], [[0, 1], [1, 1]], [1, 1], 4),
}


def convolutions():
    for label, (shape, kernel, strides, padding, dilation, groups) in CONVOLUTIONS.items():
        space = "HWD"[: len(strides)]

        def function(x, k):
            return lax.conv_general_dilated(
                x,
                k,
                strides,
                padding,
                rhs_dilation=dilation,
                feature_group_count=groups,
                dimension_numbers=(f"N{space}C", f"{space}IO", f"N{space}C"),
                precision="highest",
            )

        attributes = {"strides": strides, "padding": padding, "dilation": dilation, "groups": groups}
        yield case("conv", label, attributes, function, floats(*shape), floats(*kernel))


def upsamples():
    for method in ("nearest", "bilinear", "bicubic", "lanczos3"):

        def function(x):
            return jax.image.resize(x, (1, 8, 9, 2), method, antialias=False)

        yield case("upsample", method, {"factors": [2, 3], "method": method}, function, floats(1, 4, 3, 2))


cases = [*max_pools(), *average_pools(), *convolutions(), *upsamples()]
OUT.write_text(json.dumps({"jax": jax.__version__, "cases": cases}) + "\n")
