"""Layers of every class under each policy that does not compute in float32: the first case of a class that is called."""

import importlib
from dataclasses import replace

import keras

from parts.layers import FAMILIES, VERSION

POLICIES = ["float16", "bfloat16", "float64", "mixed_float16", "mixed_bfloat16"]

# What numbers of bins are is no matter of a policy; spectra are of long signals.
LEFT_OUT = {"discretization", "image_mixing", "audio"}


def is_plain(case):
    """Whether a case says nothing of dtypes, and Python chooses nothing."""
    is_float = bool(case.inputs) and all(given["dtype"] in ("float32", "int32", "bool") for given in case.inputs)
    return is_float and case.choices is None and case.since <= VERSION <= case.until


def first_cases():
    """The name of each class, and its first plain case whose layer has no policy of its own."""
    found = {}
    for family in FAMILIES:
        if family in LEFT_OUT:
            continue
        for table in importlib.import_module(f"cases.{family}").CASES:
            for case in filter(is_plain, table()):
                layer = case.make()
                if layer.dtype_policy.name == "float32":
                    found.setdefault(type(layer).__name__, case)
    return found


def under(policy, make):
    """What is made while a policy is the global one."""

    def made():
        keras.config.set_dtype_policy(policy)
        try:
            return without_orthogonal(make())
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
        yield replace(case, id=name, make=under(policy, case.make), training=False)
