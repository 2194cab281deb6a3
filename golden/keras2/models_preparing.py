"""Models that prepare their data."""

import numpy as np
import tensorflow as tf

K, L = tf.keras, tf.keras.layers


def normalization():
    layer = L.Normalization()
    layer.adapt(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 9.0], [0.0, 1.0, 7.0]], "float32"))
    x = K.Input((3,), name="x")
    return K.Model(x, [L.Dense(2)(layer(x)), L.Normalization(mean=1, variance=4)(x)])


def numbers():
    a, b = K.Input((3,), name="a"), K.Input((2,), dtype="int64", name="b")
    return K.Model([a, b], [L.Discretization([-0.5, 0.0, 0.5])(a), L.CategoryEncoding(5, output_mode="multi_hot")(b), L.Hashing(4)(b), L.IntegerLookup(vocabulary=[3, 1], output_mode="count")(b)])


def words():
    x = K.Input((1,), dtype="string", name="x")
    return K.Model(x, [L.StringLookup(vocabulary=["dog", "cat"], output_mode="one_hot")(x), L.Hashing(3)(x), L.Embedding(5, 2)(L.StringLookup(vocabulary=["cat"], mask_token="")(x))])


def vectorized():
    layer = L.TextVectorization(output_sequence_length=3, vocabulary=["dog", "cat"])
    return K.Sequential([K.Input((1,), dtype="string"), layer, L.Embedding(5, 2)])


def images():
    return K.Sequential([K.Input((6, 6, 3)), L.Resizing(5, 4), L.Rescaling(1 / 127.5, offset=-1), L.RandomFlip("horizontal", seed=1), L.RandomRotation(0.1), L.RandomZoom((-0.1, 0.2)), L.RandomTranslation(0.1, 0.2), L.RandomContrast(0.2), L.CenterCrop(3, 3), L.RandomHeight(0.2), L.RandomWidth((-0.1, 0.1)), L.GlobalAveragePooling2D()])


MODELS = {
    "normalization": normalization,
    "numbers": numbers,
    "words": words,
    "text_vectorization": vectorized,
    "images": images,
}
