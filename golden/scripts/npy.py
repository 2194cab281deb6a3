"""Writes src/tensor/npy.golden.json: .npy files of real NumPy, in base64.

    python golden/scripts/npy.py
"""

import base64
import io
import json
from pathlib import Path

import numpy as np

OUT = Path(__file__).parents[2] / "src" / "tensor" / "npy.golden.json"


def file(array, version=None):
    out = io.BytesIO()
    np.lib.format.write_array(out, array, version=version)
    return base64.b64encode(out.getvalue()).decode()


written, read, refused = {}, {}, {}
for code in ("b1", "u1", "u2", "u4", "u8", "i1", "i2", "i4", "i8", "f2", "f4", "f8"):
    array = np.array([[0, 1, 2], [3, 100, 5]]).astype(code)
    written[array.dtype.name] = file(array)
    if code[1] != "1":
        read[array.dtype.name] = file(array.astype(">" + code))
shapes = {"()": file(np.float32(1.5)), "(3,)": file(np.arange(3, dtype="f4")), "(0, 3)": file(np.zeros((0, 3), "f4"))}
variants = {
    "version 2.0": file(np.arange(3, dtype="i2"), (2, 0)),
    "version 3.0": file(np.arange(3, dtype="i2"), (3, 0)),
    "fortran": file(np.asfortranarray(np.arange(24, dtype="i2").reshape(2, 3, 4))),
}
for array in (
    np.array(["ab"]),
    np.array([None]),
    np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f4")]),
    np.zeros(1, "c8"),
    np.zeros(1, "V2"),
    np.zeros(1, "f16"),
    np.zeros(1, "M8[s]"),
):
    refused[np.lib.format.dtype_to_descr(array.dtype) if array.dtype.names is None else "[…]"] = file(array)
golden = {
    "numpy": np.__version__,
    "written": written,
    "bigEndian": read,
    "shapes": shapes,
    "variants": variants,
    "refused": refused,
}
OUT.write_text(json.dumps(golden, indent=1, ensure_ascii=False) + "\n")
