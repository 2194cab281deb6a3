"""Writes golden/1.2/: models of Keras 1.2.2 as it saves them, and what they give, by TensorFlow and by Theano.

    python3.6 -m venv ENV
    ENV/bin/pip install keras==1.2.2 tensorflow==1.3.0 theano==1.0.5 'numpy<1.17' 'scipy<1.4' 'h5py<3' 'pyyaml<6' 'protobuf<3.18'
    KERAS_BACKEND=tensorflow ENV/bin/python golden/scripts/keras_1.py [id…]
    KERAS_BACKEND=theano ENV/bin/python golden/scripts/keras_1.py [id…]
    python3 golden/harness/manifest.py
"""

import json
import os
import sys
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import keras
import numpy as np
from keras import backend as K
from keras.constraints import maxnorm, nonneg
from keras.layers import *
from keras.models import Model, Sequential
from keras.regularizers import activity_l2, l1l2, l2

FOLDER = Path(__file__).parent.parent / "1.2" / "models"
BACKEND = K.backend()
if BACKEND == "theano":
    import theano.ifelse  # Keras 1.2.2 counts on it.


def dense():
    return Sequential([
        Dense(4, input_dim=3, activation="relu", init="he_normal", W_regularizer=l1l2(0.01, 0.02), b_regularizer=l2(0.03)),
        Dropout(0.25),
        Dense(4, bias=False, init="uniform", W_constraint=maxnorm(3), activity_regularizer=activity_l2(0.01)),
        LeakyReLU(0.2), BatchNormalization(epsilon=1e-4, momentum=0.9), PReLU(), ELU(0.7), GaussianNoise(0.3),
        GaussianDropout(0.2), ThresholdedReLU(0.1), Dense(2, init="orthogonal", W_constraint=nonneg()), Activation("hard_sigmoid"),
    ])


def images(order):
    shape = (2, 9, 8) if order == "th" else (9, 8, 2)
    return Sequential([
        ZeroPadding2D((1, 2), input_shape=shape, dim_ordering=order),
        Convolution2D(3, 3, 5, border_mode="same", activation="tanh", dim_ordering=order),
        Convolution2D(3, 2, 3, subsample=(1, 2), dim_ordering=order),
        BatchNormalization(axis=1 if order == "th" else -1),
        MaxPooling2D((2, 2), strides=(1, 1), border_mode="same" if BACKEND == "tensorflow" else "valid", dim_ordering=order),
        AtrousConvolution2D(3, 2, 2, atrous_rate=(2, 2), dim_ordering=order),
        UpSampling2D((2, 1), dim_ordering=order), Cropping2D(((1, 0), (0, 1)), dim_ordering=order), SpatialDropout2D(0.2, dim_ordering=order),
        AveragePooling2D((2, 1), dim_ordering=order), Flatten(), Dense(2, activation="softmax"),
    ])


def separable():
    return Sequential([
        SeparableConvolution2D(3, 2, 3, depth_multiplier=2, input_shape=(6, 7, 2), dim_ordering="tf"),
        GlobalMaxPooling2D(dim_ordering="tf"), Dense(2),
    ])


def transposed(order):
    shape, out = ((2, 4, 5), (None, 3, 9, 11)) if order == "th" else ((4, 5, 2), (None, 9, 11, 3))
    return Sequential([
        Deconvolution2D(3, 3, 3, output_shape=out, subsample=(2, 2), input_shape=shape, dim_ordering=order),
        GlobalAveragePooling2D(dim_ordering=order),
    ])


def sized(order):
    def shape(*sizes):
        return sizes if order == "th" else sizes[1:] + sizes[:1]

    longer = Deconvolution2D(3, 3, 2, output_shape=(None,) + shape(3, 6, 5), subsample=(2, 2), input_shape=shape(2, 2, 2), dim_ordering=order)
    shorter = Deconvolution2D(2, 3, 4, output_shape=(None,) + shape(2, 17, 14), subsample=(3, 3), border_mode="same", dim_ordering=order)
    return Sequential([longer, shorter] if BACKEND == "tensorflow" else [longer])


def volumes(order):
    shape = (2, 4, 5, 4) if order == "th" else (4, 5, 4, 2)
    return Sequential([
        Convolution3D(2, 2, 3, 2, input_shape=shape, dim_ordering=order), ZeroPadding3D((1, 0, 1), dim_ordering=order),
        MaxPooling3D((2, 2, 2), dim_ordering=order), Flatten(),
    ])


def sequences():
    return Sequential([
        Embedding(7, 4, input_length=8), Convolution1D(3, 3, activation="relu", border_mode="same"),
        AtrousConvolution1D(4, 2, atrous_rate=2), MaxPooling1D(2, border_mode="valid"), UpSampling1D(2), ZeroPadding1D((1, 2)),
        Cropping1D((1, 1)), LocallyConnected1D(2, 3, subsample_length=2), Permute((2, 1)), Flatten(), RepeatVector(2), Reshape((4, -1)), GlobalMaxPooling1D(),
    ])


def local():
    return Sequential([LocallyConnected2D(2, 2, 3, input_shape=(4, 5, 2), dim_ordering="tf"), Flatten()])


def recurrent():
    return Sequential([
        LSTM(3, return_sequences=True, input_shape=(5, 2), forget_bias_init="zero", dropout_W=0.1, dropout_U=0.2),
        GRU(3, return_sequences=True, go_backwards=True), SimpleRNN(2, return_sequences=True),
        TimeDistributedDense(3), TimeDistributed(Dense(2, activation="tanh")), LSTM(2, consume_less="gpu", return_sequences=True), GRU(2, consume_less="mem"),
    ])


def bidirectional():
    return Sequential([
        Activation("linear", input_shape=(5, 2)), Bidirectional(LSTM(3, return_sequences=True), merge_mode="sum"),
        Bidirectional(GRU(2)), Dense(2),
    ])


def masked():
    return Sequential([Embedding(7, 3, input_length=6, mask_zero=True), LSTM(4), Dense(2)])


def conv_lstm(order):
    shape = (3, 2, 5, 4) if order == "th" else (3, 5, 4, 2)
    return Sequential([ConvLSTM2D(2, 3, 3, input_shape=shape, border_mode="same", dim_ordering=order), Flatten()])


def branches():
    left = Sequential([Dense(3, input_dim=2, name="left"), BatchNormalization(name="left_norm")])
    right = Sequential([Dense(4, input_dim=5, name="first"), Dense(3, name="right")])
    deep = Sequential([Merge([left, right], mode="mul", name="inner"), Dense(2, name="deep")])
    a = Input((3,), name="a")
    other = Model(a, Dense(2, name="other")(a))
    return Sequential([Merge([deep, other], mode="concat", concat_axis=1, name="outer"), Dense(2, name="out")])


def stacks():
    def dense(name):
        return Dense(3, input_dim=3, name=name)

    second, first = Sequential([dense("second")]), Sequential([dense("first")])
    deep = Sequential([dense("a"), Sequential([dense("x"), BatchNormalization(name="x_norm")])])
    begun = Sequential([Sequential([dense("din"), dense("more")]), dense("behind")])
    a, b = Input((3,), name="left"), Input((3,), name="right")
    graph = Model([a, b], dense("both")(merge([a, b], mode="sum", name="joined")), name="graph")
    inner = Sequential([Merge([Sequential([dense("p"), dense("q")]), Sequential([dense("r")])], mode="sum", name="inside"), dense("s")])
    merged = Merge([Sequential([dense("b")]), deep, begun, Sequential([graph, dense("t")]), Sequential([inner, dense("u")])], mode="sum", name="merged")
    return Sequential([merged, second, first, dense("out")])


def inner_merge():
    left = Sequential([Dense(2, input_dim=3, name="one"), Dense(3, name="two")])
    right = Sequential([Dense(3, input_dim=3, name="three"), BatchNormalization(name="norm")])
    merged = Sequential([Merge([right, left], mode="sum", name="merged"), Dense(3, name="four")])
    return Sequential([merged, Dense(2, name="five")])


def siamese():
    shared = Dense(3, name="shared")
    a, b = Input((3,), name="a"), Input((3,), name="b")
    one = Model(a, Dense(3, name="one")(shared(a)), name="left")
    two = Model(b, Dense(3, name="two")(shared(b)), name="right")
    return Sequential([Merge([one, two], mode="mul", name="merged"), Dense(2, name="out")])


def merges():
    a, b = Input((3,), name="a"), Input((3,), name="b")
    shared = Dense(3, name="shared")
    x, y = shared(a), shared(b)
    outputs = [merge([x, y], mode=mode, name=mode) for mode in ["sum", "mul", "ave", "max", "concat", "dot", "cos"]]
    return Model([a, b], outputs)


def nested():
    inner = Sequential([Dense(3, input_dim=4, name="one"), BatchNormalization(name="two"), Dense(4, name="three")], name="inner")
    steps = Input((3, 4), name="steps")
    encoder = Model(steps, Dense(4, name="last")(LSTM(2, name="cell")(steps)), name="encoder")
    x = Input((3, 4), name="x")
    y = inner(encoder(x))
    return Model(x, [y, inner(y)])


def frozen():
    model = Sequential([Dense(3, input_dim=2), BatchNormalization(), Dense(2)])
    model.layers[1].trainable = False
    return model


MODELS = {
    "dense": dense, "sequences": sequences, "recurrent": recurrent, "bidirectional": bidirectional, "masked": masked,
    "branches": branches, "stacks": stacks, "inner_merge": inner_merge, "siamese": siamese, "merges": merges, "nested": nested, "frozen": frozen,
    "images_tf": lambda: images("tf"), "images_th": lambda: images("th"),
    "transposed_tf": lambda: transposed("tf"), "transposed_th": lambda: transposed("th"),
    "sized_tf": lambda: sized("tf"), "sized_th": lambda: sized("th"),
    "volumes_tf": lambda: volumes("tf"), "volumes_th": lambda: volumes("th"),
    "conv_lstm_tf": lambda: conv_lstm("tf"), "conv_lstm_th": lambda: conv_lstm("th"),
    "separable": separable, "local": local,
}
if BACKEND == "theano":
    del MODELS["separable"]


def tensor(x):
    return {"dtype": str(x.dtype), "shape": list(x.shape), "values": [float(str(v)) for v in x.ravel()]}


def write(name, make):
    K.set_image_dim_ordering("th" if name.endswith("_th") else "tf")
    rng = np.random.RandomState(7)
    model = make()
    K.batch_set_value([(v, rng.uniform(0.2 if "running" in str(v.name) else -0.7, 1.0 if "running" in str(v.name) else 0.7, K.get_value(v).shape))
                       for v in weights_of(model)])
    model.compile("rmsprop", "mse")
    inputs = [input_for(t, rng, embeds(model)) for t in model.inputs]
    outputs = model.predict(inputs if len(inputs) > 1 else inputs[0], batch_size=2)
    outputs = outputs if isinstance(outputs, list) else [outputs]
    FOLDER.mkdir(parents=True, exist_ok=True)
    model.save(str(FOLDER / f"{name}_{BACKEND}.h5"))
    record = {"id": f"{name}_{BACKEND}", "class_name": type(model).__name__, "inputs": [tensor(x) for x in inputs],
              "outputs": [tensor(np.asarray(y)) for y in outputs], "yaml": model.to_yaml()}
    (FOLDER / f"{name}_{BACKEND}.json").write_text(json.dumps(record) + "\n")


def weights_of(model):
    layers = getattr(model, "flattened_layers", None) or model.layers
    return [w for layer in layers for w in layer.weights]


def embeds(model):
    return any(isinstance(layer, Embedding) for layer in model.layers)


def input_for(t, rng, is_index):
    shape = (2,) + tuple(K.int_shape(t)[1:])
    if is_index:
        return np.concatenate([rng.randint(1, 7, shape[:1] + (shape[1] - 2,)), rng.randint(0, 7, shape[:1] + (2,))], axis=1).astype("int32")
    return rng.uniform(-1, 1, shape).astype("float32")


for name, make in MODELS.items():
    if not sys.argv[1:] or name in sys.argv[1:]:
        K.clear_session() if BACKEND == "tensorflow" else None
        try:
            write(name, make)
        except Exception as error:
            print("---", name, type(error).__name__, error)
