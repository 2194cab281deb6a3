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


def write(name, folder):
    keras.backend.clear_session()
    model = BUILDERS[name]()
    model_case.set_weights(model)
    given = [formula.values(record) for record in model_case.input_records(model)]
    structure = getattr(model, "_inputs_struct", None)
    tensors = [keras.ops.convert_to_tensor(a, dtype=t.dtype) for a, t in zip(given, model.inputs)]
    packed = tensors[0] if structure is None else keras.tree.pack_sequence_as(structure, tensors)
    outputs = keras.tree.flatten(model(packed, training=False))
    arrays = [keras.ops.convert_to_numpy(t) for t in outputs]
    model.save(folder / f"{name}.keras")
    record = {"inputs": [plain(a) for a in given], "outputs": [plain(a) for a in arrays]}
    (folder / f"{name}.json").write_text(json.dumps(record))


def standard(folder):
    """Writes all; by name null, or why this Keras cannot."""
    folder.mkdir(parents=True, exist_ok=True)
    said = {}
    for name in NAMES:
        try:
            write(name, folder)
            said[name] = None
        except Exception as error:
            said[name] = f"{type(error).__name__}: {error}"[:300]
    return said
