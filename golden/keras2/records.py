"""Records of TensorFlow's tensors and variables, and texts as tf.keras writes them."""

import json
import math

import numpy as np
import tensorflow as tf

try:
    from keras.saving.saved_model import json_utils
except ImportError:
    from keras.src.saving.legacy.saved_model import json_utils

from harness import formula, text


def dumps(value):
    """As `to_json` and the attributes of .h5 files have it."""
    return json.dumps(value, default=json_utils.get_json_type)


def is_tensor(value):
    return tf.is_tensor(value) or isinstance(value, (np.ndarray, np.generic))


def tensor(value):
    """The record of a tensor; null for none, and for what has no single array (sparse, ragged)."""
    if value is None or not is_tensor(value) or isinstance(value, (tf.SparseTensor, tf.RaggedTensor)):
        return None
    array = value.numpy() if hasattr(value, "numpy") else np.asarray(value)
    return text.tensor(array)


def flat(structure):
    return [tensor(t) for t in tf.nest.flatten(structure)]


def structured(structure):
    """The records in a model's own structure; an object's keys keep their order."""
    if isinstance(structure, dict):
        return {n: structured(v) for n, v in structure.items()}
    if isinstance(structure, (list, tuple)):
        return [structured(v) for v in structure]
    return tensor(structure)


def weight_rule(name, shape):
    """Parameters that keep values sane through many layers: kernels by fan-in, scales near one, positive variances."""
    last = name.split("/")[-1].split(":")[0]
    if last in ("moving_variance", "variance", "gamma", "scale"):
        return {"scale": 0.25, "offset": 1.0}
    if last in ("beta", "bias", "moving_mean", "mean") or len(shape) < 2:
        return {"scale": 0.1, "offset": 0.0}
    fan_in = math.prod(shape[:2] if last == "depthwise_kernel" else shape[:-1])
    return {"scale": round(math.sqrt(3 / max(fan_in, 1)), 6), "offset": 0.0}


def set_weights(weights):
    """Gives float weights formula numbers; gives the records of all. What was learned by `adapt` and counts are kept."""
    records = []
    for n, variable in enumerate(weights):
        shape, dtype = list(variable.shape), variable.dtype.base_dtype.name
        if formula.is_float(dtype) and "/" in variable.name:
            record = formula.spec(100 + n, dtype, shape, **weight_rule(variable.name, shape))
            variable.assign(formula.values(record))
        else:
            record = tensor(tf.convert_to_tensor(variable))
        records.append({**record, "name": variable.name, "trainable": variable.trainable})
    return records
