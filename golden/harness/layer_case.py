"""What a layer case is, and how one is run on real Keras."""

import json
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from itertools import cycle
from unittest import mock

import jax
import keras
import numpy as np
from keras import tree

from . import formula, text
from .arguments import W, X, Y, Z, Ref, b, encode, f, i, input_record, literal, substitute, texts  # noqa: F401


@dataclass
class Case:
    id: str
    make: object
    inputs: list = field(default_factory=list)
    args: list | None = None
    kwargs: dict = field(default_factory=dict)
    masks: dict = field(default_factory=dict)
    """Input number to the number of the bool input it carries as Keras mask."""
    training: bool = False
    """Whether training=True is deterministic, and to be recorded."""
    batch: int | None = None
    """A static batch size, for layers that need one."""
    since: tuple = (3, 0)
    until: tuple = (4, 0)
    """The first and the last version that can run it."""
    prepare: object = None
    """Called with the layer before its config is taken (adapt, freeze, …)."""
    symbolic: bool = True
    """Whether Keras can call it on symbolic tensors; else there is no output_spec."""
    adapt: dict | None = None
    """What the layer is adapted to before its config is taken; recorded, with the vocabulary."""
    adapt_batches: int | None = None
    """In how many batches it gets that, step by step: `adapt` itself asks TensorFlow for its kind of data."""
    tensorflow: bool = False
    """Whether it is called on tensors of TensorFlow, for outputs that JAX cannot hold: texts."""
    choices: list | None = None
    """What stands in each call for the numbers from 0 to 1 that Python chooses by, which no seed of a layer says."""


def weight_record(index, variable):
    """The formula for a weight: small around zero, around one for scales, positive for variances."""
    name, dtype = variable.path.split("/")[-1], keras.backend.standardize_dtype(variable.dtype)
    if name in ("moving_variance", "variance"):
        rule = {"scale": 0.25, "offset": 0.75}
    elif name in ("gamma", "scale", "kernel_scale", "embeddings_scale") or name.endswith("_scale"):
        rule = {"scale": 0.25, "offset": 1.0}
    elif dtype == "int8":
        rule = {"low": -127, "high": 128}
    else:
        rule = {"scale": 0.5, "offset": 0.0} if formula.is_float(dtype) else {}
    return formula.spec(100 + index, dtype, variable.shape, **rule)


@contextmanager
def choosing(numbers):
    """Python chooses by these numbers, again and again."""
    turn = cycle(numbers)
    with mock.patch("random.choice", lambda options: options[int(next(turn) * len(options))]):
        yield


def choices_of(case):
    return nullcontext() if case.choices is None else choosing(case.choices)


def x64_scope(needed):
    return jax.enable_x64(True) if needed else nullcontext()


def config_text(obj):
    return json.dumps(keras.saving.serialize_keras_object(obj))


def mask_of(tensor):
    return getattr(keras.src.backend, "get_keras_mask", lambda t: getattr(t, "_keras_mask", None))(tensor)


def set_mask(tensor, mask):
    setter = getattr(keras.src.backend, "set_keras_mask", None)
    if setter is None:
        tensor._keras_mask = mask
    else:
        setter(tensor, mask)


def array(record, tensorflow, has_texts):
    """The input that a record stands for; texts, and what is beside texts, are given as NumPy has them."""
    values = formula.values(record)
    if tensorflow:
        import tensorflow as tf

        return tf.convert_to_tensor(values)
    return values if has_texts else keras.ops.convert_to_tensor(values, dtype=record["dtype"])


def records(structure):
    def numpy_of(t):
        return keras.ops.convert_to_numpy(t) if keras.ops.is_tensor(t) else np.asarray(t)

    return [None if t is None else text.tensor(numpy_of(t)) for t in tree.flatten(structure)]


def run(case):
    """Runs one case and returns its JSON record."""
    keras.utils.clear_session()
    inputs = [input_record(n, given) for n, given in enumerate(case.inputs)]
    wide = any(r["dtype"] in ("float64", "int64") for r in inputs)
    layer = case.make()
    wide = wide or getattr(layer, "variable_dtype", None) == "float64"
    with x64_scope(wide):
        return run_layer(case, layer, inputs)


def output_spec(case, layer, inputs):
    """What a call on symbolic tensors with an unknown batch gives."""
    args = case.args if case.args is not None else [X]
    symbols = [keras.KerasTensor((case.batch, *r["shape"][1:]), dtype=r["dtype"]) for r in inputs]
    for n, m in case.masks.items():
        set_mask(symbols[n], symbols[m])
    with choices_of(case):
        out = layer(*substitute(args, symbols), **substitute(case.kwargs, symbols))
    return [
        None if t is None else {"shape": list(t.shape), "dtype": keras.backend.standardize_dtype(t.dtype)}
        for t in tree.flatten(out)
    ]


def adapt(layer, case):
    values = formula.values(case.adapt)
    if case.adapt_batches is None:
        layer.adapt(values)
        return
    layer.reset_state()
    for batch in np.split(values, case.adapt_batches):
        layer.update_state(batch)
    layer.finalize_state()


def run_layer(case, layer, inputs):
    if case.prepare:
        case.prepare(layer)
    if case.adapt:
        adapt(layer, case)
    record = {
        "id": case.id,
        "class_name": type(layer).__name__,
        "config_text": config_text(layer),
    }
    if case.adapt:
        record["adapt"] = case.adapt
        if case.adapt_batches is not None:
            record["adapt_batches"] = case.adapt_batches
        if hasattr(layer, "get_vocabulary"):
            record["vocabulary"] = [v if isinstance(v, str) else int(v) for v in layer.get_vocabulary()]
    if not inputs:
        return record
    args = case.args if case.args is not None else [X]
    record["call"] = {"args": encode(args), "kwargs": encode(case.kwargs)}
    record["inputs"] = inputs
    if case.choices is not None:
        record["choices"] = case.choices
    if case.masks:
        record["input_masks"] = {str(n): m for n, m in case.masks.items()}

    if case.symbolic:
        record["output_spec"] = output_spec(case, layer, inputs)
    built = config_text(layer)
    if built != record["config_text"]:
        record["built_config_text"] = built

    record["weights"] = []
    for n, variable in enumerate(layer.weights):
        made = weight_record(n, variable)
        variable.assign(formula.values(made))
        made.update(path=variable.path, name=variable.name, trainable=variable.trainable)
        record["weights"].append(made)
    if hasattr(layer, "finalize_state"):
        layer.finalize_state()

    def call(**extra):
        has_texts = any(r["dtype"] == "string" for r in inputs)
        arrays = [array(r, case.tensorflow, has_texts) for r in inputs]
        for n, m in case.masks.items():
            set_mask(arrays[n], arrays[m])
        with choices_of(case):
            return layer(*substitute(args, arrays), **substitute(case.kwargs, arrays), **extra)

    out = call()
    record["outputs"] = records(out)
    masks = [None if t is None else mask_of(t) for t in tree.flatten(out)]
    if any(m is not None for m in masks):
        record["output_masks"] = records(masks)
    if layer.losses:
        record["losses"] = [text.number(np.asarray(v)) for v in layer.losses]
    if case.training:
        before = [keras.ops.convert_to_numpy(w) for w in layer.weights]
        record["training_outputs"] = records(call(training=True))
        after = [keras.ops.convert_to_numpy(w) for w in layer.weights]
        record["training_weights"] = {
            str(n): text.tensor(after[n]) for n in range(len(after)) if not np.array_equal(before[n], after[n])
        }
    return record
