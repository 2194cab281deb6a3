"""2.9/old_layers.json: layers of tf.keras that Keras 3 no longer has; 2.9/cudnn.json: weights of layers of cuDNN as those of others.

Run it with the Python of an environment of TensorFlow 2.9: golden/keras2/old_layers.py
"""

import json
import os
import sys
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
sys.path.insert(0, str(Path(__file__).parent.parent))

import numpy as np
import tensorflow as tf
from keras.saving import hdf5_format
from tensorflow import keras

from harness import text

L = keras.layers
FOLDER = Path(__file__).parent.parent / "2.9"


def floats(k, *shape, low=-1.0, high=1.0):
    return np.random.RandomState(k).uniform(low, high, shape).round(3).astype("float32")


def local(rank):
    cls = L.LocallyConnected1D if rank == 1 else L.LocallyConnected2D
    image = (6, 3) if rank == 1 else (5, 4, 3)
    first = (3, 6) if rank == 1 else (3, 5, 4)
    kernel = 3 if rank == 1 else (3, 2)
    strides = 2 if rank == 1 else (2, 1)
    yield cls(2, kernel), image
    yield cls(2, kernel, strides=strides, activation="relu", use_bias=False), image
    for implementation in (1, 2, 3):
        rest = dict(implementation=implementation, activation="tanh")
        yield cls(2, kernel, strides=strides, **rest), image
        yield cls(2, kernel, data_format="channels_first", **rest), first
        if implementation > 1:
            yield cls(2, kernel, strides=strides, padding="same", **rest), image
            yield cls(1, kernel, padding="same", data_format="channels_first", use_bias=False, **rest), first


def cases():
    yield from local(1)
    yield from local(2)
    yield L.ThresholdedReLU(), (4,)
    yield L.ThresholdedReLU(theta=0.25), (3, 4)
    yield L.RandomHeight(0.3), (5, 4, 3)
    yield L.RandomHeight((-0.2, 0.3), interpolation="nearest", seed=3), (5, 4, 3)
    yield L.RandomWidth(0.2), (5, 4, 3)
    yield L.RandomWidth(factor=(0.1, 0.4), interpolation="bicubic"), (5, 4, 3)


def run(layer, shape):
    x = floats(1, 2, *shape)
    symbol = keras.Input(shape)
    spec = layer(symbol)
    layer.set_weights([floats(10 + i, *w.shape) for i, w in enumerate(layer.weights)])
    if isinstance(layer, L.ThresholdedReLU):
        x.flat[0] = layer.theta
    return {
        "class_name": type(layer).__name__,
        "config_text": json.dumps({"class_name": type(layer).__name__, "config": layer.get_config()}),
        "input": text.tensor(x),
        "output_shape": list(spec.shape),
        "weights": [{"name": w.name, **text.tensor(w.numpy())} for w in layer.weights],
        "output": text.tensor(layer(x, training=False).numpy()),
    }


def converted(name, units, channels):
    compat = tf.compat.v1.keras.layers
    keras.backend.clear_session()
    source = getattr(compat, name)(units)
    source.build((None, 5, channels))
    weights = [floats(20 + i, *w.shape) for i, w in enumerate(source.weights)]
    target = L.LSTM(units, name="t") if name == "CuDNNLSTM" else L.GRU(units, reset_after=True, name="t")
    target.build((None, 5, channels))
    results = hdf5_format.preprocess_weights_for_loading(target, [w.copy() for w in weights])
    # Turned back, they are what they were.
    again = hdf5_format.preprocess_weights_for_loading(source, [w.copy() for w in results])
    lossless = all(np.allclose(a, b) for a, b in zip(again, weights))
    return {
        "class_name": name,
        "config_text": json.dumps({"class_name": name, "config": source.get_config()}),
        "weights": [text.tensor(w) for w in weights],
        "converted": [text.tensor(np.asarray(w, "float32")) for w in results],
        "back": [text.tensor(np.asarray(w, "float32")) for w in again],
        "is_lossless": lossless,
    }


def write(name, records):
    lines = ",\n".join(text.dump(record) for record in records)
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / name).write_bytes(f'{{"cases":[\n{lines}\n]}}\n'.encode())
    print(f"{name}: {len(records)} cases")


if __name__ == "__main__":
    write("old_layers.json", [run(*case) for case in cases()])
    write("cudnn.json", [converted(*case) for case in [("CuDNNLSTM", 4, 3), ("CuDNNLSTM", 2, 5), ("CuDNNGRU", 4, 3), ("CuDNNGRU", 3, 1)]])
