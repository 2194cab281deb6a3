"""Writes src/tensor/promote.golden.json: keras.backend.result_type of every pair of types, by real Keras 3.6.

    KERAS_BACKEND=jax python golden/scripts/promote.py
"""

import json
import os
from itertools import combinations_with_replacement
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"

import keras

WEAK = {"int": int, "float": float}
TYPES = [
    *("bool", "uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64"),
    *("float16", "bfloat16", "float32", "float64", "int", "float"),
]
OUT = Path(__file__).parents[2] / "src" / "tensor" / "promote.golden.json"


def result_type(*types):
    return keras.backend.result_type(*(WEAK.get(t, t) for t in types))


def row(*types):
    """The result of these types with each single one, as places in TYPES."""
    return " ".join(str(TYPES.index(result_type(*types, other))) for other in TYPES)


golden = {
    "keras": keras.__version__,
    "types": TYPES,
    "none": result_type(),
    "one": [result_type(t) for t in TYPES],
    "pairs": {t: row(t) for t in TYPES},
    "triples": {f"{a} {b}": row(a, b) for a, b in combinations_with_replacement(TYPES, 2)},
}
OUT.write_text(json.dumps(golden, indent=1) + "\n")
