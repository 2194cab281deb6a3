"""What cases say of inputs and of how they are given: in the shape of a call, with places for inputs."""

from dataclasses import dataclass

import numpy as np

from . import formula


@dataclass(frozen=True)
class Ref:
    """The place of input number `index` inside a call's arguments."""

    index: int


X, Y, Z, W = Ref(0), Ref(1), Ref(2), Ref(3)


def f(*shape, scale=1.0, offset=0.0, dtype="float32"):
    return {"dtype": dtype, "shape": shape, "scale": scale, "offset": offset}


def i(*shape, low=0, high=10, dtype="int32"):
    return {"dtype": dtype, "shape": shape, "low": low, "high": high}


def b(*shape):
    return {"dtype": "bool", "shape": shape}


def literal(dtype, shape, values):
    return {"dtype": dtype, "shape": list(shape), "values": values}


def texts(*values):
    """Texts as an input: of one dimension, or of nested lists."""
    array = np.array(values)
    return {"dtype": "string", "shape": list(array.shape), "values": array.reshape(-1).tolist()}


def input_record(index, given):
    if "values" in given:
        return dict(given)
    rest = {n: v for n, v in given.items() if n not in ("dtype", "shape")}
    return formula.spec(index + 1, given["dtype"], given["shape"], **rest)


def substitute(structure, replacements):
    """The structure with every Ref replaced; other leaves are kept."""
    if isinstance(structure, Ref):
        return replacements[structure.index]
    if isinstance(structure, (list, tuple)):
        return type(structure)(substitute(s, replacements) for s in structure)
    if isinstance(structure, dict):
        return {n: substitute(s, replacements) for n, s in structure.items()}
    return structure


def encode(structure):
    if isinstance(structure, Ref):
        return {"$input": structure.index}
    if isinstance(structure, (list, tuple)):
        return [encode(s) for s in structure]
    if isinstance(structure, dict):
        return {n: encode(s) for n, s in structure.items()}
    return structure
