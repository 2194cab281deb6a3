"""Arrays as short JSON numbers, and JSON files with one record on each line."""

import json
import math

import numpy as np

from . import baseline


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
    if array.dtype.kind in "OSU":
        return {"dtype": "string", "shape": list(array.shape), "values": [decoded(x) for x in flat]}
    return {"dtype": array.dtype.name, "shape": list(array.shape), "values": [number(x) for x in flat]}


def decoded(x):
    return x.decode() if isinstance(x, bytes) else str(x)


def dump(value):
    return json.dumps(value, separators=(",", ":"), allow_nan=False, ensure_ascii=False)


def save(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode())


def write(path, key, records):
    """Writes {key: [records]} with one record on each line, less what the baseline version's file has equal."""
    base = baseline.read(path, key)
    lines = ",\n".join(dump(baseline.without_repeats(r, base)) for r in records)
    save(path, f'{{"{key}":[\n{lines}\n]}}\n')


def write_one(path, record):
    """Writes one record with one property on each line, less what the baseline version's file has equal."""
    record = baseline.without_repeats(record, baseline.read(path))
    save(path, "{" + ",\n".join(f"{dump(n)}:{dump(v)}" for n, v in record.items()) + "}\n")
