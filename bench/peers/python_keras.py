"""Times Python Keras: a JSON request a line, the milliseconds of one run as the answer."""

import json
import os
import sys
import threading
import time

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
answers = os.fdopen(os.dup(1), "w")
sys.stdout = sys.stderr


def keras_and_numpy():
    import keras
    import numpy

    return keras, numpy


def clone(text):
    keras, _ = keras_and_numpy()
    model = keras.models.model_from_json(text)
    return lambda: keras.models.clone_model(model)


def from_json(text):
    keras, _ = keras_and_numpy()
    return lambda: keras.models.model_from_json(text)


def chain(layers):
    keras, _ = keras_and_numpy()

    def run():
        x = h = keras.Input((4,))
        for _ in range(layers):
            h = keras.layers.Dense(4)(h)
        model = keras.Model(x, h)
        keras.Model.from_config(model.get_config())
        keras.models.clone_model(model)

    return run


def load(path):
    keras, _ = keras_and_numpy()
    return lambda: keras.models.load_model(path, compile=False)


def convert(path, target):
    keras, _ = keras_and_numpy()
    return lambda: keras.models.load_model(path, compile=False).save(target)


def save(path, target):
    keras, _ = keras_and_numpy()
    model = keras.models.load_model(path, compile=False)
    return lambda: model.save(target)


def predict(text, size, batch=1):
    keras, numpy = keras_and_numpy()
    model = keras.models.clone_model(
        keras.models.model_from_json(text), input_tensors=keras.Input((size, size, 3))
    )
    x = numpy.random.default_rng(0).uniform(-1, 1, (batch, size, size, 3)).astype("float32")
    return lambda: model.predict_on_batch(x)


def vectorize(sentences, length):
    keras, numpy = keras_and_numpy()
    data = numpy.array(sentences)

    def run():
        layer = keras.layers.TextVectorization(output_sequence_length=length)
        layer.adapt(data)
        return keras.ops.convert_to_numpy(layer(data))

    return run


works = {f.__name__: f for f in (clone, from_json, chain, load, convert, save, predict, vectorize)}
prepared = {}


def serve():
    for line in sys.stdin:
        try:
            request = json.loads(line)
            if line not in prepared:
                prepared[line] = works[request.pop("work")](**request)
            start = time.perf_counter()
            prepared[line]()
            answer = {"milliseconds": (time.perf_counter() - start) * 1000}
        except Exception as error:  # The row says that there is no number.
            answer = {"error": f"{type(error).__name__}: {error}"[:300]}
        print(json.dumps(answer), file=answers, flush=True)


# Keras recurses over the graph: a long chain needs a deep stack.
sys.setrecursionlimit(10**6)
threading.stack_size(2**30)
thread = threading.Thread(target=serve)
thread.start()
thread.join()
