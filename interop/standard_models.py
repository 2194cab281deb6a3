"""Models of golden/cases that are made by whichever Keras 3 is on the path, with what they compute there."""

import importlib.util
import json
import sys
import types

import numpy as np

import keras

if importlib.util.find_spec("jax") is None:
    # Cases of numbers of 64 bits need it, which are none of these.
    sys.modules["jax"] = types.ModuleType("jax")
if not hasattr(keras, "tree"):
    # Before 3.3 it had no name of its own.
    import tree

    tree.pack_sequence_as = tree.unflatten_as
    keras.tree = sys.modules["keras.tree"] = tree

from cases import files, models
from harness import formula, model_case

NAMES = (
    "multi_output", "bfloat16", "shared_initializer", "stacked_recurrent", "unet_operations", "convolution", "recurrent",
    "transformer", "dictionary_inputs", "initial_states", "nested_sequential", "shared_layer", "token_transformer", "unet",
    "all_core", "all_merging", "all_normalization", "all_reshaping",
)  # fmt: skip
BUILDERS = {**models.BUILDERS, **files.BUILDERS}


def plain(array):
    array = np.asarray(array)
    dtype = array.dtype.name
    values = array.astype("float64").ravel().tolist()
    return {"dtype": dtype, "shape": list(array.shape), "values": [v if np.isfinite(v) else str(v) for v in values]}


def write(model, name, folder, records={}, suffixes=("keras",)):
    """Saves a model, and what it computes for formula inputs, or those given by name."""
    given = [formula.values(records.get(record["name"], record)) for record in model_case.input_records(model)]
    structure = getattr(model, "_inputs_struct", None)
    tensors = [keras.ops.convert_to_tensor(a, dtype=t.dtype) for a, t in zip(given, model.inputs)]
    packed = tensors[0] if structure is None else keras.tree.pack_sequence_as(structure, tensors)
    outputs = keras.tree.flatten(model(packed, training=False))
    arrays = [keras.ops.convert_to_numpy(t) for t in outputs]
    for suffix in suffixes:
        model.save(folder / f"{name}.{suffix}")
    record = {"inputs": [plain(a) for a in given], "outputs": [plain(a) for a in arrays]}
    (folder / f"{name}.json").write_text(json.dumps(record))
    return arrays


def write_standard(name, folder):
    model = BUILDERS[name]()
    model_case.set_weights(model)
    write(model, name, folder)


def write_random(name, folder):
    import random_models

    model, given, rng = random_models.build(int(name.removeprefix("random_")))
    model_case.set_weights(model)
    random_models.finish(model, rng)
    outputs = write(model, name, folder, given, ("keras", "h5"))
    if any(random_models.is_rounding(each) for each in outputs):
        raise ArithmeticError("an output is nothing but roundings")


def standard(folder):
    """Writes all; by name null, or why this Keras cannot."""
    return each(NAMES, folder, write_standard)


def random(folder, seed, count):
    """The same of random models."""
    return each([f"random_{n}" for n in range(seed, seed + count)], folder, write_random)


def each(names, folder, write_one):
    folder.mkdir(parents=True, exist_ok=True)
    said = {}
    for name in names:
        keras.backend.clear_session()
        try:
            write_one(name, folder)
            said[name] = None
        except Exception as error:
            said[name] = f"{type(error).__name__}: {error}"[:300]
    return said
