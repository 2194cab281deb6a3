"""Writes src/layers/recurrent/recurrent.golden.json: what recurrent layers of Keras give where the layer cases do not tell.

    KERAS_BACKEND=jax python golden/scripts/recurrent.py

Inputs and weights are formula tensors, as golden/README.md defines them: weight i is number 100 + i.
"""

import json
import os
import sys
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_PLATFORMS"] = "cpu"

import keras
import numpy as np
from keras import layers, ops

sys.path.insert(0, str(Path(__file__).parents[1] / "harness"))
import formula

OUT = Path(__file__).parents[2] / "src" / "layers" / "recurrent" / "recurrent.golden.json"
MASK = np.array([[0, 1, 1, 0], [1, 1, 0, 1]], bool)

cases = {}


def numbers(k, *shape):
    return formula.values(formula.spec(k, "float32", shape))


def fill(layer):
    for i, weight in enumerate(layer.weights):
        weight.assign(numbers(100 + i, *weight.shape))
    return layer


def write(name, outputs):
    arrays = [np.asarray(output) for output in keras.tree.flatten(outputs)]
    cases[name] = [
        {"dtype": "float32", "shape": list(a.shape), "values": [float(str(x)) for x in a.ravel()]} for a in arrays
    ]


def run(name, layer, *args, **kwargs):
    layer(*args, **kwargs)
    write(name, fill(layer)(*args, **kwargs))


class Minimal(keras.layers.Layer):
    """A cell without activation or bias."""

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.state_size = units

    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], self.units), name="kernel")
        self.recurrent_kernel = self.add_weight(shape=(self.units, self.units), name="recurrent_kernel")

    def call(self, inputs, states):
        output = ops.matmul(inputs, self.kernel) + ops.matmul(states[0], self.recurrent_kernel)
        return output, [output]


x = numbers(1, 2, 4, 3)
h, c = numbers(3, 2, 4), numbers(4, 2, 4)

for unroll in (False, True):
    way = "unrolled" if unroll else "looped"
    layer = layers.LSTM(4, return_sequences=True, return_state=True, unroll=unroll)
    run(f"mask_{way}", layer, x, mask=MASK, initial_state=[h, c])
    layer = layers.LSTM(4, return_sequences=True, go_backwards=True, unroll=unroll)
    run(f"backwards_{way}", layer, x, mask=MASK)
    run(f"zero_{way}", layers.LSTM(4, return_sequences=True, zero_output_for_mask=True, unroll=unroll), x, mask=MASK)

layer = layers.GRU(4, stateful=True)
layer(x)
fill(layer)
layer.states[0].assign(np.zeros((2, 4)))
write("stateful_1", layer(x))
write("stateful_2", layer(x))

run("custom", layers.RNN(Minimal(4), return_sequences=True, return_state=True), x)
run("custom_mask", layers.RNN(Minimal(4), return_sequences=True), x, mask=MASK)
run("custom_stacked", layers.RNN([Minimal(4), layers.LSTMCell(2)], return_state=True), x)

both = layers.Bidirectional(layers.LSTM(3, return_sequences=True, return_state=True), merge_mode=None)
run("bidirectional_states", both, x, initial_state=[numbers(5 + i, 2, 3) for i in range(4)])
run("bidirectional_mask", layers.Bidirectional(layers.GRU(3, return_sequences=True)), x, mask=MASK)
run("time_distributed", layers.TimeDistributed(layers.LSTM(3)), numbers(9, 2, 3, 4, 2))

for name in ("SimpleRNN", "LSTM", "GRU"):
    layer = getattr(layers, name)(4, dropout=0.4, recurrent_dropout=0.3, seed=11, return_sequences=True)
    layer.build((2, 4, 3))
    fill(layer)
    write(f"dropout_{name}_1", layer(x, training=True))
    write(f"dropout_{name}_2", layer(x, training=True))
layer = layers.RNN([layers.SimpleRNNCell(4, dropout=0.5, seed=1), layers.GRUCell(3, recurrent_dropout=0.5, seed=2)])
layer.build((2, 4, 3))
write("dropout_stacked", fill(layer)(x, training=True))

layer = layers.LSTM(4, bias_initializer=keras.initializers.RandomUniform(seed=3))
layer.build((None, 4, 3))
write("forget_bias", layer.cell.bias)

OUT.write_text(json.dumps(cases, separators=(",", ":")) + "\n")
