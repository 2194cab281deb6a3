"""2.9/node_defs.json: functions of TensorFlow in a graph as TensorFlow 2.0 to 2.3 kept them, each a small Functional model of tf.keras.

Run it with the Python of an environment of TensorFlow 2.9: golden/keras2/node_defs.py
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import numpy as np
import tensorflow as tf
from tensorflow import keras

import ops
from harness import text

tf.compat.v1.disable_eager_execution()

EXPRESSIONS = """
x + y; x - y; x * y; x / p; x * 2.0; 1.0 - x; x ** 2.0; -x; abs(x); x @ z; x > y; x >= 0.0; x // p; x % p; x[:, 0]; x[:, 1:, ::2]; x[..., -1]; x[:, tf.newaxis]; x[:, :, ::-1]; x[:, 0:1, 1]
tf.exp(x); tf.math.log(p); tf.sqrt(p); tf.math.rsqrt(p); tf.square(x); tf.sigmoid(x); tf.tanh(x); tf.sin(x); tf.cos(x); tf.floor(x * 3.0); tf.math.ceil(x * 3.0); tf.round(x * 3.0); tf.sign(x); tf.math.erf(x); tf.math.reciprocal(p); tf.maximum(x, y); tf.minimum(x, 0.25); tf.math.squared_difference(x, y); tf.math.log1p(p)
tf.nn.relu(x); tf.nn.relu6(x * 8.0); tf.nn.elu(x); tf.nn.selu(x); tf.nn.softplus(x); tf.nn.softsign(x); tf.nn.leaky_relu(x, 0.3); tf.nn.softmax(x); tf.nn.log_softmax(x); tf.clip_by_value(x, -0.5, 0.5)
tf.reduce_sum(x, axis=1); tf.reduce_mean(x, axis=[1, 2], keepdims=True); tf.reduce_max(x, axis=-1); tf.reduce_min(x, axis=1); tf.reduce_prod(x, axis=1); tf.reduce_any(m, axis=1); tf.reduce_all(m, axis=-1); tf.argmax(x, axis=1); tf.cumsum(x, axis=1); tf.cumsum(x, axis=1, reverse=True)
tf.reshape(x, (-1, 12)); tf.reshape(x, [-1, 2, 6]); tf.transpose(x, (0, 2, 1)); tf.expand_dims(x, 1); tf.squeeze(s, axis=1); tf.concat([x, y], axis=-1); tf.concat([x, y, x], axis=1); tf.stack([x, y], axis=1); tf.split(x, 2, axis=-1)[1]; tf.split(x, [1, 3], axis=-1)[1]; tf.unstack(x, axis=1)[2]; tf.tile(x, [1, 2, 1]); tf.pad(x, [[0, 0], [1, 2], [0, 1]]); tf.pad(x, [[0, 0], [1, 1], [1, 1]], constant_values=7.0); tf.pad(x, [[0, 0], [1, 1], [1, 1]], mode="REFLECT"); tf.reverse(x, axis=[1]); tf.gather(x, [0, 2], axis=1); tf.slice(x, [0, 1, 0], [-1, 2, -1]); tf.one_hot(w[:, :, 0], 4); tf.cast(x, "int32"); tf.cast(n, "float32"); tf.cast(m, "float32"); tf.identity(x); tf.stop_gradient(x); tf.where(m, x, y); tf.zeros_like(x); tf.ones_like(x); tf.math.add_n([x, y, p]); tf.logical_and(m, o); tf.logical_not(m); tf.equal(n, d); tf.broadcast_to(s, [2, 3])
tf.matmul(x, y, transpose_b=True); tf.matmul(v, tf.constant(five)); tf.nn.bias_add(x, [1.0, 2.0, 3.0, 4.0]); tf.nn.conv2d(g, kernel, 1, "VALID"); tf.nn.conv2d(g, kernel, strides=[1, 2, 2, 1], padding="SAME"); tf.nn.max_pool2d(g, (2, 2), (2, 2), "SAME"); tf.nn.avg_pool2d(g, 3, 1, "VALID"); tf.nn.depth_to_space(q, 2); tf.nn.space_to_depth(q, 2); tf.image.resize(g, (10, 8)); tf.image.resize(g, (10, 8), method="nearest"); tf.nn.l2_normalize(x, axis=-1); tf.abs(x - y) / (tf.abs(x) + tf.abs(y) + 1e-7); tf.shape(x)[1:] * 2
"""


def run(expression):
    keras.backend.clear_session()
    used = ops.Used()
    outputs = eval(expression, {"tf": tf, "keras": keras, "np": np, **ops.FIXED}, used)
    model = keras.Model(list(used.symbols.values()), outputs, name="m")
    given = [ops.INPUTS[name] for name in used.symbols]
    results = model.predict_on_batch(given if len(given) > 1 else given[0])
    return {
        "id": expression,
        "config_text": model.to_json(),
        "inputs": [{"name": name, **text.tensor(ops.INPUTS[name])} for name in used.symbols],
        "outputs": [text.tensor(np.asarray(results))],
    }


if __name__ == "__main__":
    records = []
    for expression in (row.strip() for row in EXPRESSIONS.replace("\n", ";").split(";")):
        if not expression:
            continue
        try:
            records.append(run(expression))
        except Exception as error:
            print(f"--- {expression}: {type(error).__name__} {str(error).splitlines()[0][:160]}")
    lines = ",\n".join(text.dump(record) for record in records)
    path = Path(__file__).parent.parent / "2.9" / "node_defs.json"
    path.write_bytes(f'{{"cases":[\n{lines}\n]}}\n'.encode())
    print(f"node_defs.json: {len(records)} cases")
