"""Arrays as short JSON numbers, and JSON files with one record on each line."""

import json
import math

import numpy as np


def number(x):
    """The shortest JSON number that reads back to the same value of x's own dtype."""
    kind = x.dtype.name
    if kind == "bool":
        return int(x)
    if not (kind.startswith("float") or kind == "bfloat16"):
        return int(x)
    if kind == "bfloat16":
        x = x.astype(np.float32)
    value = float(x)
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    value = float(str(x))
    negative_zero = value == 0 and math.copysign(1, value) < 0
    if value == int(value) and abs(value) < 2**53 and not negative_zero:
        return int(value)
    return value


def tensor(array):
    """The JSON record of an array: dtype, shape, and all values in row-major order."""
    array = np.asarray(array)
    flat = array.reshape(-1)
    return {"dtype": array.dtype.name, "shape": list(array.shape), "values": [number(x) for x in flat]}


def dump(value):
    return json.dumps(value, separators=(",", ":"), allow_nan=False)


def write(path, header, key, records):
    """Writes {…header, key: [records]} with one record on each line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    head = dump(header)[:-1]
    lines = ",\n".join(dump(r) for r in records)
    comma = "," if header else ""
    path.write_text(f'{head}{comma}"{key}":[\n{lines}\n]}}\n', encoding="ascii", newline="\n")
