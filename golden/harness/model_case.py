"""Formula weights and inputs for whole models."""

import math

import keras
from keras import ops, tree

from . import formula, layer_case


TEXTS = ["The cat sat on the mat, twice!", "dog", "A DOG\u00a0sat ÄÖ", ""]
"""What inputs of texts get, one after the other."""


def weight_rule(variable):
    """Parameters that keep values sane through many layers: kernels by fan-in, scales near one, positive variances."""
    name = variable.path.split("/")[-1]
    dtype = keras.backend.standardize_dtype(variable.dtype)
    if not formula.is_float(dtype):
        return {}
    if name in ("moving_variance", "variance"):
        return {"scale": 0.25, "offset": 1.0}
    if name in ("gamma", "scale"):
        return {"scale": 0.25, "offset": 1.0}
    if name in ("beta", "bias", "moving_mean", "mean"):
        return {"scale": 0.1, "offset": 0.0}
    if "depthwise" in variable.path or "dwconv" in variable.path:
        fan_in = math.prod(variable.shape[:2])
    else:
        fan_in = math.prod(variable.shape[:-1])
    return {"scale": round(math.sqrt(3 / max(fan_in, 1)), 6), "offset": 0.0}


def set_weights(model, with_path=True, gain=1.0):
    """Gives every weight formula numbers, kernels `gain` times as large; returns their records in model.weights order."""
    records = []
    for n, variable in enumerate(model.weights):
        record = formula.spec(100 + n, keras.backend.standardize_dtype(variable.dtype), variable.shape, **weight_rule(variable))
        if "scale" in record and len(variable.shape) > 1:
            record["scale"] = round(record["scale"] * gain, 6)
        variable.assign(formula.values(record))
        if with_path:
            record.update(path=variable.path, trainable=variable.trainable)
        records.append(record)
    for layer in model._flatten_layers():
        if hasattr(layer, "finalize_state"):
            layer.finalize_state()
    return records


def input_records(model, batch=2):
    """A formula record for each of model.inputs, in that order."""
    records = []
    for n, tensor in enumerate(model.inputs):
        shape = (tensor.shape[0] or batch, *(d or 3 for d in tensor.shape[1:]))
        if tensor.dtype == "string":
            values = [TEXTS[(n + i) % len(TEXTS)] for i in range(math.prod(shape))]
            records.append({"name": tensor.name, "dtype": "string", "shape": list(shape), "values": values})
            continue
        limits = {} if formula.is_float(tensor.dtype) or tensor.dtype == "bool" else {"low": 0, "high": 10}
        record = formula.spec(n + 1, tensor.dtype, shape, **limits)
        records.append({"name": tensor.name, **record})
    return records


def call(model, given, **kwargs):
    """The flat outputs for inputs given as records in model.inputs order; called in the structure of the model's inputs."""
    arrays = [ops.convert_to_tensor(formula.values(r), dtype=r["dtype"]) for r in given]
    structure = getattr(model, "_inputs_struct", None)
    packed = arrays[0] if structure is None and len(arrays) == 1 else arrays
    if structure is not None:
        packed = tree.pack_sequence_as(structure, arrays)
    return layer_case.records(model(packed, **kwargs))
