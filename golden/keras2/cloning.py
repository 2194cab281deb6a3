"""cloning.json: what clone_model does with every kind of argument, or how it refuses."""

import re
import signal

import numpy as np
import tensorflow as tf

from .custom import Mine, MineInARow

K, L = tf.keras, tf.keras.layers
clone = K.models.clone_model


def row(*first):
    return K.Sequential([*first, L.Dense(2, name="d1"), L.Dense(1, name="d2")], name="row")


def given_row():
    return row(K.Input((3,), name="x"))


def called_row():
    model = row()
    model(tf.ones((2, 3)))
    return model


def two():
    a, b = K.Input((2,), name="a"), K.Input((3,), name="b")
    return K.Model([a, b], L.Concatenate(name="c")([L.Dense(3, name="d")(a), b]), name="two")


def of_dicts():
    a, b = K.Input((2,), name="a"), K.Input((3,), name="b")
    joined = L.Concatenate(name="c")([L.Dense(3, name="d")(a), b])
    return K.Model({"second": b, "first": a}, {"out": joined}, name="dicts")


def shared():
    a, b = K.Input((3,), name="a"), K.Input((3,), name="b")
    dense = L.Dense(3, name="shared")
    deep = L.Dense(3, name="deep")(L.Dense(3, name="first")(b))
    return K.Model([a, b], L.Add(name="add")([dense(a), dense(deep), a]), name="sharing")


def inner(trainable=True):
    model = K.Sequential([K.Input((3,), name="in"), L.Dense(3, name="one"), L.Dense(3, name="two")], name="inner")
    model.trainable = trainable
    return model


def nested(trainable=True):
    x = K.Input((3,), name="x")
    return K.Model(x, L.Dense(1, name="last")(inner(trainable)(x)), name="outer")


def timed():
    x = K.Input((4, 3), name="x")
    return K.Model(x, L.TimeDistributed(inner(False), name="times")(x), name="outer")


def frozen(make):
    model = make()
    model.trainable = False
    return model


def own_graph():
    x = K.Input((3,), name="x")
    return Mine(x, L.Dense(2, name="d")(x), name="own")


class Subclassed(K.Model):
    def call(self, x):
        return x


def x(*shape, name="x", **options):
    return K.Input(shape, name=name, **options)


def computed(*shape):
    return L.Dense(shape[-1], name="before")(x(*shape, name="start"))


def compiled():
    model = given_row()
    model.compile("adam", "mse")
    return model


def renamed(layer):
    config = layer.get_config()
    config["name"] = "new_" + layer.name
    return layer.__class__.from_config(config)


def wrapped(layer):
    return K.Sequential([layer.__class__.from_config(layer.get_config())], name="in_" + layer.name)


def all_the_same(_):
    return L.Dense(3, name="same")


def failing(_):
    raise KeyError("of its own")


def twice(tensor):
    return [tensor, tensor]


CASES = {
    "given input": lambda: clone(given_row()),
    "empty": lambda: clone(K.Sequential(name="empty")),
    "empty on a tensor": lambda: clone(K.Sequential(name="empty"), x(3)),
    "not built": lambda: clone(row()),
    "not built, on a tensor": lambda: clone(row(), x(3, name="given")),
    "called": lambda: clone(called_row()),
    "called, on a tensor": lambda: clone(called_row(), x(3, name="given")),
    "own Sequential": lambda: clone(MineInARow([x(3), L.Dense(1, name="d")], name="mine")),
    "Functional": lambda: clone(two()),
    "own Functional": lambda: clone(own_graph()),
    "subclassed": lambda: clone(Subclassed(name="sub")),
    "a layer": lambda: clone(L.Dense(1)),
    "nothing": lambda: clone(None),
    "a text": lambda: clone("model"),
    "compiled": lambda: clone(compiled()),
    "frozen Sequential": lambda: clone(frozen(given_row)),
    "frozen Functional": lambda: clone(frozen(two)),
    "frozen model in a model": lambda: clone(nested(False)),
    "frozen model in a wrapper": lambda: clone(timed()),
    "function not callable": lambda: clone(given_row(), None, 3),
    "function of a Sequential": lambda: clone(given_row(), None, renamed),
    "function of shared layers": lambda: clone(shared(), None, renamed),
    "function of a nested model": lambda: clone(nested(), clone_function=lambda l: l if l.name == "inner" else renamed(l)),
    "function that shares": lambda: clone(given_row(), None, lambda l: l),
    "function that gives models": lambda: clone(given_row(), None, wrapped),
    "function that gives one name": lambda: clone(given_row(), None, all_the_same),
    "function that gives one name, Functional": lambda: clone(nested(), None, all_the_same),
    "function that gives nothing": lambda: clone(given_row(), None, lambda l: None),
    "function that gives nothing, Functional": lambda: clone(two(), None, lambda l: None),
    "function that fails": lambda: clone(given_row(), None, failing),
    "row: tensor": lambda: clone(given_row(), x(3, name="given")),
    "row: list": lambda: clone(given_row(), [x(3, name="given")]),
    "row: dict": lambda: clone(given_row(), {"x": x(3, name="given")}),
    "row: list in a list": lambda: clone(given_row(), [[x(3, name="given")]]),
    "row: InputLayer": lambda: clone(given_row(), L.InputLayer((3,), name="given")),
    "row: none": lambda: clone(given_row(), []),
    "row: two": lambda: clone(given_row(), [x(3), x(3, name="y")]),
    "row: computed": lambda: clone(given_row(), computed(3)),
    "row: another shape": lambda: clone(given_row(), x(5, name="given", batch_size=2)),
    "row: values": lambda: clone(given_row(), tf.ones((2, 3))),
    "row: an array": lambda: clone(given_row(), np.ones((2, 3))),
    "row: a text": lambda: clone(given_row(), "x"),
    "two: list": lambda: clone(two(), [x(2), x(3, name="y")]),
    "two: dict": lambda: clone(two(), {"z": x(3, name="y"), "m": x(2)}),
    "two: nested": lambda: clone(two(), [[x(2)], {"k": x(3, name="y")}]),
    "two: one": lambda: clone(two(), x(2)),
    "two: none": lambda: clone(two(), []),
    "two: three": lambda: clone(two(), [x(2), x(3, name="y"), x(3, name="z")]),
    "two: one twice": lambda: clone(two(), twice(x(2))),
    "two: InputLayers": lambda: clone(two(), [L.InputLayer((2,), name="x"), L.InputLayer((3,), name="y")]),
    "two: computed": lambda: clone(two(), [computed(2), x(3, name="y")]),
    "two: other shapes": lambda: clone(two(), [x(5, name="x"), x(4, name="y", batch_size=2)]),
    "two: named like a layer": lambda: clone(two(), [x(2, name="d"), x(3, name="y")]),
    "two: named alike": lambda: clone(two(), [x(2, name="x"), x(3, name="x")]),
    "two: values": lambda: clone(two(), [tf.ones((2, 2)), x(3, name="y")]),
    "two: a text": lambda: clone(two(), ["x", "y"]),
    "two: its own": lambda: (lambda model: clone(model, model.inputs))(two()),
    "dicts": lambda: clone(of_dicts()),
    "dicts: dict": lambda: clone(of_dicts(), {"second": x(3, name="y"), "first": x(2)}),
    "dicts: list": lambda: clone(of_dicts(), [x(2), x(3, name="y")]),
}


class Endless(BaseException):
    pass


def never(*_):
    raise Endless


def spec(tensor):
    return [tensor._keras_history.layer.name, list(tensor.shape), tensor.dtype.name]


def describe(model):
    nested_models = [l for l in model._flatten_layers(include_self=False) if isinstance(l, K.Model)]
    return {
        "class_name": type(model).__name__,
        "name": model.name,
        "built": model.built,
        "trainable": model.trainable,
        "compiled": model.optimizer is not None,
        "layers": [[type(l).__name__, l.name, l.trainable] for l in model.layers],
        "models": [[l.name, l.trainable, [inner.trainable for inner in l.layers]] for l in nested_models],
        "inputs": [spec(t) for t in model.inputs] if model.inputs else [],
    }


def run(name, action):
    K.backend.clear_session()
    signal.signal(signal.SIGALRM, never)
    signal.alarm(10)
    try:
        return {"id": name, **describe(action())}
    except Endless:
        return {"id": name, "error": "never returns"}
    except Exception as error:
        message = str(error).replace("\n", " ").split("Received")[0].strip()
        return {"id": name, "error": type(error).__name__, "message": re.sub(" at 0x[0-9a-f]+", "", message)[:300]}
    finally:
        signal.alarm(0)


def records():
    return [run(name, action) for name, action in CASES.items()]
