"""What a layer case is, and how one is run on TensorFlow's Keras."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import tensorflow as tf

from harness import formula, text
from harness.arguments import X, encode, input_record, substitute

from . import records


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
    adapt: dict | None = None
    """What the layer is adapted to before its config is taken."""
    random: bool = False
    """Whether every call gives something else: no values."""
    call: bool = True
    """Whether it can be called on this machine; else there are a config and the weights."""


def layer_text(layer):
    return records.dumps(tf.keras.layers.serialize(layer))


def symbols(case, given):
    made = []
    for n, record in enumerate(given):
        if n in case.masks.values():
            made.append(tf.keras.Input(batch_shape=(case.batch, *record["shape"][1:]), dtype="bool"))
        else:
            made.append(tf.keras.Input(batch_shape=(case.batch, *record["shape"][1:]), dtype=record["dtype"]))
    return made


def output_spec(case, layer, given):
    """What a call on symbolic tensors with an unknown batch gives."""
    inputs = symbols(case, given)
    for n, m in case.masks.items():
        inputs[n]._keras_mask = inputs[m]
    args = case.args if case.args is not None else [X]
    out = layer(*substitute(args, inputs), **substitute(case.kwargs, inputs))
    return [None if t is None else {"shape": list(t.shape), "dtype": t.dtype.name} for t in tf.nest.flatten(out)]


def run(case):
    """Runs one case and returns its JSON record."""
    tf.keras.backend.clear_session()
    tf.random.set_seed(0)
    given = [input_record(n, r) for n, r in enumerate(case.inputs)]
    layer = case.make()
    if case.adapt:
        layer.adapt(formula.values(case.adapt))
    record = {"id": case.id, "class_name": tf.keras.layers.serialize(layer)["class_name"], "config_text": layer_text(layer)}
    if case.adapt:
        record["adapt"] = case.adapt
    if hasattr(layer, "get_vocabulary"):
        record["vocabulary"] = [w if isinstance(w, str) else int(w) for w in layer.get_vocabulary()]
    if not given:
        return record
    args = case.args if case.args is not None else [X]
    record["call"] = {"args": encode(args), "kwargs": encode(case.kwargs)}
    record["inputs"] = given
    if case.masks:
        record["input_masks"] = {str(n): m for n, m in case.masks.items()}
    if not case.call:
        layer.build((case.batch, *given[0]["shape"][1:]))
    else:
        record["output_spec"] = output_spec(case, layer, given)
    built = layer_text(layer)
    if built != record["config_text"]:
        record["built_config_text"] = built
    record["weights"] = records.set_weights(w for w in layer.weights if isinstance(w, tf.Variable))
    if case.random or not case.call:
        return record

    def call(**extra):
        tensors = [tf.convert_to_tensor(formula.values(r)) for r in given]
        for n, m in case.masks.items():
            tensors[n]._keras_mask = tensors[m]
        return layer(*substitute(args, tensors), **substitute(case.kwargs, tensors), **extra)

    out = call()
    record["outputs"] = records.flat(out)
    masks = [getattr(t, "_keras_mask", None) for t in tf.nest.flatten(out)]
    if any(m is not None for m in masks):
        record["output_masks"] = [records.tensor(m) for m in masks]
    if layer.losses:
        record["losses"] = [text.number(np.asarray(v)) for v in layer.losses]
    if case.training:
        before = [w.numpy() for w in layer.weights]
        record["training_outputs"] = records.flat(call(training=True))
        after = [w.numpy() for w in layer.weights]
        record["training_weights"] = {
            str(n): text.tensor(after[n]) for n in range(len(after)) if not np.array_equal(before[n], after[n])
        }
    return record
