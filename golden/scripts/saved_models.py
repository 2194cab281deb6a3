"""Writes golden/2.9/saved-model/: SavedModel folders and checkpoints of tf.keras 2.9, each in one zip archive.

    .cache/python/tf-keras-2.9/bin/python golden/scripts/saved_models.py [name…]

With tf-keras-2.5 it writes golden/2.5/saved-model/: layers that kept what they learned otherwise then.

The functions of TensorFlow, which nobody reads here, are left out of saved_model.pb but in WHOLE.
"""

import json
import os
import sys
import tempfile
import zipfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"

from pathlib import Path

import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import Input, Model, Sequential, layers
from tensorflow.core.protobuf import saved_model_pb2

tf.get_logger().setLevel("ERROR")
sys.path.insert(0, str(Path(__file__).parent.parent))
from harness import manifest  # noqa: E402

GOLDEN = Path(__file__).parent.parent
VERSION = ".".join(tf.__version__.split(".")[:2])
FOLDER = GOLDEN / VERSION / "saved-model"
WHOLE = {"plain", "texts", "learned", "function"}
# What layers keep of what they saw, which are no weights of a model elsewhere.
LEARNED = {"summary:0", "Variable:0", "idf:0", "bins:0", "discretization/bins:0"}


@keras.utils.register_keras_serializable("Held")
class Pair(layers.Layer):
    """Two layers and a weight of its own: what is trained of all of them comes before statistics."""

    def __init__(self, units=2, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.first = layers.BatchNormalization()
        self.rest = [layers.Dense(units), layers.Dense(units, use_bias=False)]

    def build(self, shape):
        self.scale = self.add_weight("scale", (shape[-1],))
        super().build(shape)

    def call(self, x):
        return self.rest[1](self.rest[0](self.first(x) * self.scale))

    def get_config(self):
        return {**super().get_config(), "units": self.units}


def plain():
    return Sequential([Input((4,)), layers.Dense(3, "relu"), layers.Dense(2, use_bias=False)], name="plain")


def recurrent():
    x = Input((5, 3), name="x")
    y = layers.Bidirectional(layers.LSTM(2, return_sequences=True), name="both")(x)
    y = layers.GRU(3, return_sequences=True)(y)
    y = layers.RNN([layers.LSTMCell(2), layers.GRUCell(3)], return_sequences=True, name="stack")(y)
    y = layers.TimeDistributed(layers.Dense(2), name="each")(y)
    return Model(x, layers.SimpleRNN(2)(y), name="recurrent")


def nested():
    inner = Sequential([layers.Dense(4, input_shape=(4,), name="id"), layers.BatchNormalization(name="bn")], name="inner")
    a, b = Input((4,), name="a"), Input((4,), name="b")
    shared = layers.Dense(4, name="shared")
    y = layers.Concatenate()([inner(shared(a)), inner(shared(b))])
    frozen = layers.BatchNormalization(name="frozen")
    y = frozen(y)
    frozen.trainable = False
    outer = Sequential([inner, Sequential([layers.Dense(2)], name="deep")], name="outer")
    return Model([a, b], layers.Add()([layers.Dense(2, name="out")(y), outer(a)]), name="nested")


def frozen():
    inner = Sequential(
        [layers.Dense(4, input_shape=(4,), name="id"), layers.BatchNormalization(name="bn"), layers.Dense(2, name="o")],
        name="inner",
    )
    inner.trainable = False
    x = Input((4,), name="x")
    return Model(x, inner(x), name="frozen")


def attention():
    q, v = Input((3, 4), name="q"), Input((5, 4), name="v")
    y = layers.LayerNormalization()(layers.MultiHeadAttention(2, 3, name="mha")(q, v))
    y = layers.Attention(use_scale=True)([layers.AdditiveAttention()([y, v]), v])
    y = layers.SeparableConv1D(4, 2)(layers.PReLU()(y))
    return Model([q, v], layers.GlobalAveragePooling1D()(y), name="attention")


def images():
    return Sequential(
        [
            Input((8, 8, 3)),
            layers.RandomFlip(),
            layers.Conv2D(4, 3),
            layers.DepthwiseConv2D(2),
            layers.BatchNormalization(),
            layers.Conv2DTranspose(3, 2),
            layers.GlobalMaxPooling2D(),
            layers.Dense(2),
        ],
        name="images",
    )


def trained():
    model = Sequential([layers.Dense(3, input_shape=(4,), activation="relu"), layers.Dense(2)], name="trained")
    model.compile("adam", "mse", metrics=["mae"])
    model.fit(np.ones((4, 4)), np.ones((4, 2)), verbose=0)
    return model


def mixed():
    keras.mixed_precision.set_global_policy("mixed_float16")
    model = Sequential([layers.Dense(3, input_shape=(4,)), layers.Dense(2, dtype="float32")], name="mixed")
    keras.mixed_precision.set_global_policy("float32")
    return model


def adapted():
    norm = layers.Normalization(name="norm")
    norm.adapt(np.array([[1.0, 2], [3, 5], [0, 1]]))
    x = Input((2,), name="x")
    classes = layers.CategoryEncoding(3, output_mode="multi_hot")(layers.Discretization([0.0, 1.0])(x))
    return Model(x, layers.Dense(2)(layers.Concatenate()([norm(x), classes])), name="adapted")


def texts():
    words = layers.TextVectorization(max_tokens=10, output_sequence_length=4, name="words")
    words.adapt(["a b c", "b c d"])
    lookup = layers.StringLookup(name="lookup")
    lookup.adapt(["x", "y", "y"])
    x = Input((), dtype="string", name="x")
    y = layers.GlobalAveragePooling1D()(layers.Embedding(10, 3)(words(x)))
    return Model(x, layers.Concatenate()([y, layers.Embedding(4, 2)(lookup(x))]), name="texts")


def learned():
    words = layers.TextVectorization(max_tokens=10, output_mode="tf_idf", pad_to_max_tokens=True, name="words")
    words.adapt(["a b c", "b c d", "b"])
    lookup = layers.StringLookup(output_mode="tf_idf", num_oov_indices=2, name="lookup")
    lookup.adapt([["x"], ["y"], ["y"], ["z"]])
    bins = layers.Discretization(num_bins=4, name="bins")
    bins.adapt(np.cos(np.arange(40.0)).reshape(20, 2))
    x, n = Input((1,), dtype="string", name="x"), Input((2,), name="n")
    y = layers.CategoryEncoding(4, output_mode="multi_hot")(bins(n))
    return Model([x, n], layers.Dense(2)(layers.Concatenate()([words(x), lookup(x), y])), name="learned")


def tables():
    """Lookups that keep their terms in tables that can be changed, as they did until 2.5."""
    then = layers.experimental.preprocessing
    words = then.TextVectorization(max_tokens=8, output_mode="tf-idf", pad_to_max_tokens=True, name="words")
    words.adapt(np.array(["a b c", "b c d", "b"]))
    texts = then.StringLookup(name="texts", num_oov_indices=2)
    texts.adapt(np.array([["x"], ["y"], ["y"]]))
    numbers = then.IntegerLookup(name="numbers", output_mode="count", max_tokens=6)
    numbers.adapt(np.array([[3], [5], [5]]))
    x, n = Input((1,), dtype="string", name="x"), Input((1,), dtype="int64", name="n")
    number = keras.backend.cast(texts(x), "float32")
    return Model([x, n], layers.Concatenate()([words(x), number, numbers(n)]), name="tables")


def boundaries():
    """A Discretization whose boundaries are a variable, one of given ones, and generators that have their state elsewhere."""
    then = layers.experimental.preprocessing
    bins = then.Discretization(num_bins=4, name="bins")
    bins.adapt(np.cos(np.arange(40.0)).reshape(20, 2))
    x = Input((4,), name="x")
    y = keras.backend.cast(layers.Concatenate()([bins(x), then.Discretization([-0.5, 0.5])(x)]), "float32")
    flipped = then.RandomFlip("horizontal")(layers.Reshape((2, 2, 1))(layers.Dense(4)(y)))
    return Model(x, layers.Flatten()(flipped), name="boundaries")


def custom():
    x = Input((3,), name="x")
    return Model(x, Pair(name="pair")(x), name="custom")


def function():
    """No model of Keras: a function of TensorFlow with a variable."""

    class Doubled(tf.Module):
        def __init__(self):
            super().__init__()
            self.factor = tf.Variable(2.0)

        @tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
        def __call__(self, x):
            return x * self.factor

    return Doubled()


def fill(model):
    """Values that tell every weight from every other, but for what was adapted."""
    for i, weight in enumerate(model.weights):
        if not hasattr(weight, "assign") or weight.name in LEARNED or weight.name.split("/")[0] in {"mean:0", "variance:0", "count:0"}:
            continue
        count = int(np.prod(weight.shape))
        values = np.sin(np.arange(count) * 0.7 + i * 1.3) * 0.4
        values = np.abs(values) + 0.5 if "variance" in weight.name else values
        weight.assign(values.reshape(weight.shape).astype(weight.dtype.as_numpy_dtype))


def example(tensor):
    shape = [2, *tensor.shape[1:]]
    count = int(np.prod(shape))
    if tensor.dtype == tf.string:
        return np.array(["a c", "y"][:count]).reshape(shape)
    return np.cos(np.arange(count) * 0.9).reshape(shape).astype("float32")


def tensor(value):
    value = np.asarray(value)
    if value.dtype.kind in "OUS":
        return {"dtype": "string", "shape": list(value.shape), "values": value.ravel().tolist()}
    return {"dtype": str(value.dtype), "shape": list(value.shape), "values": value.ravel().tolist()}


def strip(path):
    """Leaves out the functions of the graph, which are most of it."""
    saved = saved_model_pb2.SavedModel()
    saved.ParseFromString(path.read_bytes())
    for graph in saved.meta_graphs:
        graph.graph_def.Clear()
        graph.object_graph_def.concrete_functions.clear()
        for node in graph.object_graph_def.nodes:
            if node.WhichOneof("kind") == "function":
                node.function.Clear()
    path.write_bytes(saved.SerializeToString(deterministic=True))


def record(name, model):
    if name == "function":
        return {}
    inputs = [example(each) for each in model.inputs]
    weights = [w for w in model.weights if hasattr(w, "numpy") and w.name not in LEARNED]
    return {
        "config_text": model.to_json(),
        "weights": [{"name": w.name, **tensor(w.numpy())} for w in weights],
        "inputs": [tensor(each) for each in inputs],
        "outputs": [tensor(model.predict(inputs if len(inputs) > 1 else inputs[0], verbose=0))],
    }


def write(name, model, folder):
    if name == "function":
        tf.saved_model.save(model, str(folder / "saved"))
    else:
        model.save(folder / "saved")
        model.save_weights(folder / "weights")
    if name not in WHOLE:
        strip(folder / "saved" / "saved_model.pb")
    with zipfile.ZipFile(FOLDER / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name != "checkpoint":
                info = zipfile.ZipInfo(str(path.relative_to(folder)))
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, path.read_bytes())


def main(names):
    FOLDER.mkdir(parents=True, exist_ok=True)
    makers = [plain, recurrent, nested, frozen, attention, images, trained, mixed, adapted, texts, learned, custom, function]
    if VERSION == "2.5":
        makers = [tables, boundaries]
    for make in makers:
        if names and make.__name__ not in names:
            continue
        keras.backend.clear_session()
        tf.random.set_seed(1) if VERSION == "2.5" else keras.utils.set_random_seed(1)
        model = make()
        if hasattr(model, "weights"):
            fill(model) if make is not texts else None
        with tempfile.TemporaryDirectory() as folder:
            write(make.__name__, model, Path(folder))
        text = json.dumps(record(make.__name__, model), separators=(",", ":"))
        (FOLDER / f"{make.__name__}.json").write_text(text + "\n")
    versions = {"keras": keras.__version__, "tensorflow": tf.__version__, "numpy": np.__version__}
    manifest.update(GOLDEN, *((VERSION, versions) if VERSION == "2.5" else ()))


if __name__ == "__main__":
    main(sys.argv[1:])
