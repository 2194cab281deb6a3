"""Layers of every class under each policy that does not compute in float32: the first case of a class that is called."""

import importlib
from dataclasses import replace

import keras

from cases import categories
from harness import baseline
from parts.layers import FAMILIES, VERSION

POLICIES = ["float16", "bfloat16", "float64", "mixed_float16", "mixed_bfloat16"]

BASELINE = tuple(int(n) for n in baseline.BASELINE.split("."))

# The families of which a newer version writes the classes that the baseline lacks.
NEWER = ["image_mixing", "audio"]

# What Keras refuses, and what JAX draws in float64 only where that is enabled, which it is not by default.
REFUSED = {("STFTSpectrogram", "bfloat16"), ("STFTSpectrogram", "mixed_bfloat16")}
DRAWN_OTHERWISE = {("CutMix", "float64"), ("AugMix", "float64")}


def is_plain(case):
    """Whether a case says nothing of dtypes."""
    is_float = bool(case.inputs) and all(given["dtype"] in ("float32", "int32", "bool") for given in case.inputs)
    return is_float and case.since <= VERSION <= case.until


def is_new(case):
    """Whether the baseline is the version at hand, or cannot run a case."""
    return VERSION == BASELINE or case.since > BASELINE


def tables():
    """The tables of cases; of categories the one whose layers need no TensorFlow."""
    families = FAMILIES if VERSION == BASELINE else NEWER
    found = [table for family in families for table in importlib.import_module(f"cases.{family}").CASES]
    return [*found, categories.encodings] if VERSION == BASELINE else found


def first_cases():
    """The name of each class, and its first plain case whose layer has no policy of its own."""
    found = {}
    for table in tables():
        for case in filter(is_plain, filter(is_new, table())):
            layer = case.make()
            if layer.dtype_policy.name == "float32":
                found.setdefault(type(layer).__name__, case)
    return found


def under(policy, make):
    """What is made while a policy is the global one, which a layer of categories does not ask for."""

    def made():
        keras.config.set_dtype_policy(policy)
        try:
            layer = make()
            if layer.dtype_policy.name == "float32":
                layer = type(layer).from_config({**layer.get_config(), "dtype": policy})
            return without_orthogonal(layer)
        finally:
            keras.config.set_dtype_policy("float32")

    return made


def without_orthogonal(layer):
    """A layer that begins with no orthogonal matrices, which JAX cannot make in 16 bits."""
    for each in layer._flatten_layers():
        # Of a layer around a cell it is the cell's.
        if "recurrent_initializer" in vars(each):
            each.recurrent_initializer = keras.initializers.Zeros()
    return layer


def cases(policy):
    for name, case in first_cases().items():
        if (name, policy) not in REFUSED | DRAWN_OTHERWISE:
            yield replace(case, id=name, make=under(policy, case.make), training=False)
