"""Writes src/ops/created.golden.json: what functions of Keras give that are not of a graph, computed on JAX on a CPU.

    KERAS_BACKEND=jax python golden/scripts/created_values.py
"""

import json
import os
import sys
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_PLATFORMS"] = "cpu"
ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "golden"))

import keras
import numpy as np
from keras import ops

from harness import text

OUT = ROOT / "src" / "ops" / "created.golden.json"
EXPRESSIONS = """
ops.arange(7); ops.arange(2, 9, 3); ops.arange(5.0); ops.arange(0, 1, 0.3, dtype="float16"); ops.arange(5, 0, -2)
ops.eye(3); ops.eye(2, 4, 1); ops.eye(4, 2, -1, dtype="int32"); ops.identity(3, dtype="bool"); ops.tri(3); ops.tri(2, 4, 1); ops.tri(4, 3, -1, dtype="int8")
ops.zeros((2, 3)); ops.zeros((2,), dtype="int8"); ops.ones((2, 1)); ops.ones((), dtype="float16"); ops.full((2, 3), 7); ops.full((2, 3), v[:3]); ops.full((2,), True, dtype="bool"); ops.empty((0, 3))
ops.bartlett(6); ops.blackman(6); ops.hamming(6); ops.hanning(6); ops.kaiser(6, 5); ops.histogram(v, bins=4)[0]; ops.histogram(v, bins=4)[1]; ops.histogram(v, range=(-1, 1))[0]
ops.bitwise_invert(i); ops.left_shift(i, 2); ops.right_shift(i, 1); ops.conjugate(v); ops.get_item(v, 2); ops.is_tensor(v)
ops.map(lambda a: a * 2, v); ops.vectorized_map(lambda a: a * 2, v); ops.vectorize(lambda a, b: a + b)(v, v); ops.cond(True, lambda: v, lambda: -v); ops.switch(1, [lambda a: a, lambda a: -a], v)
ops.while_loop(lambda a: ops.sum(a) < 50, lambda a: a * 2, v); ops.fori_loop(1, 5, lambda n, a: a * n, v); ops.associative_scan(lambda a, b: a + b, v); ops.associative_scan(lambda a, b: a * b, v, reverse=True); ops.scan(lambda c, a: (c + a, c * a), 0.0, v)[0]; ops.scan(lambda c, a: (c + a, c * a), 0.0, v)[1]
"""
NAMES = {
    "ops": ops,
    "v": ops.convert_to_tensor(np.array([0.5, -1.25, 3.0, 0.75, 2.0], "float32")),
    "i": ops.convert_to_tensor(np.array([0, 1, -5, 1000], "int32")),
}

expressions = [e.strip() for line in EXPRESSIONS.strip().splitlines() for e in line.split(";")]
cases = [{"id": e, "output": text.tensor(ops.convert_to_numpy(eval(e, NAMES)))} for e in expressions]
lines = ",\n".join(text.dump(case) for case in cases)
OUT.write_text(f'{{"keras":{json.dumps(keras.__version__)},"cases":[\n{lines}\n]}}\n')
