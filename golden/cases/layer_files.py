"""Models that hold every built-in layer, so that there is a file with each one's weights: a model for each family."""

import importlib

import keras
from keras import layers as L

from harness import layer_case

VERSION = tuple(int(n) for n in keras.__version__.split(".")[:2])
FAMILIES = (
    "core", "convolution", "pooling", "normalization", "regularization", "merging", "reshaping", "recurrent", "attention", "image",
    "application_layers", "conv_lstm", "wrapping", "adaptive_pooling", "reversible_embedding", "discretization", "audio", "image_augmenting", "image_mixing",
)  # fmt: skip
# Keras gives its symbolic input back as its output, which no model takes.
CYCLIC = ("Equalization",)


def is_free(given):
    """Whether a case takes any input that model_case draws: floats, booleans, integers from 0 to 9."""
    return given["dtype"] in ("float32", "bool") or (given["dtype"] == "int32" and given.get("high", 0) >= 10)


def is_plain(case):
    """Whether a model with free inputs of any batch can hold the case."""
    known = case.since <= VERSION <= case.until
    plain = not case.masks and not case.batch and not case.prepare and not case.adapt
    return known and plain and case.inputs and all(is_free(given) for given in case.inputs)


def plain_cases(family):
    """The cases of every table of a family that a model can hold."""
    for table in importlib.import_module(f"cases.{family}").CASES:
        yield [case for case in table() if is_plain(case)]


def cases_of(family):
    """The first case of every layer of a family that a model can hold."""
    for cases in plain_cases(family):
        found = {}
        for case in cases:
            found.setdefault(type(case.make()).__name__, case)
        yield from (case for name, case in found.items() if name not in CYCLIC)


def all_of(family):
    """A model of one call of every layer of a family, each on inputs of its own."""
    inputs, outputs = [], []
    chosen = list(cases_of(family))
    keras.utils.clear_session()
    for case in chosen:
        given = [layer_case.input_record(n, g) for n, g in enumerate(case.inputs)]
        own = [keras.Input(g["shape"][1:], dtype=g["dtype"]) for g in given]
        layer = case.make()
        args = case.args if case.args is not None else [layer_case.X]
        made = layer(*layer_case.substitute(args, own), **layer_case.substitute(case.kwargs, own))
        inputs += own
        outputs += keras.tree.flatten(made)
    return keras.Model(inputs, outputs, name=family)


def wrapped():
    """The layers that no functional model holds: Wrapper has no call."""
    layer = L.Wrapper(L.Dense(2))
    layer.build((None, 3))
    return keras.Sequential([layer], name="wrapped")


def both_ways():
    """Convolutional recurrent layers inside Bidirectional, with masks and states."""
    images, sequences, mask = keras.Input((3, 5, 4, 2)), keras.Input((3, 5, 2)), keras.Input((3,), dtype="bool")
    outputs = [
        L.Bidirectional(L.ConvLSTM2D(2, 2, return_sequences=True))(images),
        L.Bidirectional(L.ConvLSTM1D(2, 2, unroll=True), merge_mode="sum")(sequences, mask=mask),
        L.Bidirectional(L.ConvLSTM1D(2, 2, return_sequences=True), merge_mode=None)(sequences),
    ]
    return keras.Model([images, sequences, mask], keras.tree.flatten(outputs), name="both_ways")


BUILDERS = {f"all_{family}": lambda family=family: all_of(family) for family in FAMILIES if any(plain_cases(family))} | {
    "wrapped": wrapped,
    "both_ways": both_ways,
}
