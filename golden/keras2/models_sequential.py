"""Sequential models: with an input and without, built late, inside each other."""

import tensorflow as tf

from .custom import MineInARow

K, L = tf.keras, tf.keras.layers


def first():
    return K.Sequential([K.Input((3,)), L.Dense(4, "relu"), L.Dense(2)])


def input_shape():
    return K.Sequential([L.Dense(4, input_shape=(3,), name="first"), L.Dropout(0.5), L.Dense(2)], name="shaped")


def batch_input_shape():
    return K.Sequential([L.Dense(2, batch_input_shape=(2, 3)), L.Dense(1)])


def called():
    model = K.Sequential([L.Dense(4), L.Dense(2)])
    model(tf.ones((2, 3)))
    return model


def built():
    model = K.Sequential([L.Dense(4), L.Dense(2)])
    model.build((None, 3))
    return model


def unbuilt():
    return K.Sequential([L.Dense(4), L.Dense(2)])


def empty():
    return K.Sequential(name="empty")


def embedding():
    return K.Sequential([L.Embedding(6, 3, input_length=4), L.GlobalAveragePooling1D(), L.Dense(1, "sigmoid")])


def nested():
    inner = K.Sequential([L.Dense(4), L.Dense(3)], name="inner")
    return K.Sequential([K.Input((3,)), inner, L.Dense(2), K.Sequential([L.Dense(2, input_shape=(2,))], name="last")], name="outer")


def of_graphs():
    x = K.Input((3,), name="x")
    graph = K.Model(x, L.Add()([L.Dense(3)(x), x]), name="graph")
    return K.Sequential([graph, L.Dense(2)])


def of_its_own():
    return MineInARow([K.Input((3,)), L.Dense(2)], name="own")


def frozen():
    model = K.Sequential([K.Input((3,)), L.Dense(4), L.BatchNormalization(), L.Dense(2)])
    model.layers[0].trainable = False
    return model


def all_frozen():
    model = first()
    model.trainable = False
    return model


MODELS = {
    "seq_input": first,
    "seq_input_shape": input_shape,
    "seq_batch_input_shape": batch_input_shape,
    "seq_called": called,
    "seq_built": built,
    "seq_unbuilt": unbuilt,
    "seq_empty": empty,
    "seq_embedding": embedding,
    "seq_nested": nested,
    "seq_of_graphs": of_graphs,
    "seq_own_class": of_its_own,
    "seq_frozen": frozen,
    "seq_all_frozen": all_frozen,
}
