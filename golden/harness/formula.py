"""Numbers from a formula, the same in Python and TypeScript, so that files name numbers instead of holding them.

Element i of tensor number k comes from an integer hash h(k, i); README.md has the definition.
"""

import numpy as np

MASK = np.uint64(0xFFFFFFFF)


def hashes(k, count):
    """The `count` 32-bit hashes of tensor number `k`, as uint64."""
    i = np.arange(count, dtype=np.uint64)
    h = (i * np.uint64(2654435761) + np.uint64((k * 40503 + 12345) % 2**32)) & MASK
    h ^= h >> np.uint64(15)
    h = (h * np.uint64(2246822519)) & MASK
    h ^= h >> np.uint64(13)
    return h


def numpy_dtype(dtype):
    """The NumPy dtype of a Keras dtype name."""
    if dtype == "bfloat16":
        import ml_dtypes

        return np.dtype(ml_dtypes.bfloat16)
    return np.dtype(dtype)


def is_float(dtype):
    return dtype in ("float16", "bfloat16", "float32", "float64")


def spec(k, dtype, shape, *, scale=1.0, offset=0.0, low=0, high=10):
    """The JSON record of a formula tensor."""
    record = {"k": k, "dtype": dtype, "shape": [int(d) for d in shape]}
    if is_float(dtype):
        record.update(scale=scale, offset=offset)
    elif dtype != "bool":
        record.update(low=low, high=high)
    return record


def values(record):
    """The array of a record: formula numbers, or the explicit `values` it carries."""
    dtype, shape = record["dtype"], record["shape"]
    if dtype == "string":
        return np.array(record["values"]).reshape(shape)
    if "values" in record:
        special = {"NaN": np.nan, "Infinity": np.inf, "-Infinity": -np.inf}
        numbers = np.array([special.get(v, v) for v in record["values"]], dtype=np.float64)
        return cast(numbers, dtype).reshape(shape)
    unit = hashes(record["k"], int(np.prod(shape, dtype=np.int64))).astype(np.float64) / 2.0**32
    if is_float(dtype):
        numbers = (unit * 2.0 - 1.0) * record["scale"] + record["offset"]
    elif dtype == "bool":
        numbers = np.floor(unit * 2.0)
    else:
        numbers = np.floor(unit * (record["high"] - record["low"])) + record["low"]
    return cast(numbers, dtype).reshape(shape)


def cast(numbers, dtype):
    """float64 to `dtype`; the 2-byte floats are reached through float32."""
    if dtype in ("float16", "bfloat16"):
        numbers = numbers.astype(np.float32)
    return numbers.astype(numpy_dtype(dtype))
