"""Models that begin with texts and categories, for golden/<version>/files/text_*.keras. Run on TensorFlow."""

import keras
from keras import layers as L

SENTENCES = ["the cat sat on the mat", "a dog sat", "the dog", "on a mat ÄÖ"]


def adapted(**options):
    layer = L.TextVectorization(**options)
    layer.adapt(SENTENCES)
    return layer


def lstm():
    """The model of every tutorial: words, vectors, a recurrent layer."""
    words = adapted(output_sequence_length=6, max_tokens=20)
    return keras.Sequential(
        [keras.Input((1,), dtype="string"), words, L.Embedding(20, 4, mask_zero=True), L.LSTM(3), L.Dense(1)],
        name="lstm",
    )


def bags():
    """Rows of numbers, one with the weights of its words."""
    text = keras.Input((), dtype="string", name="text")
    rows = [
        adapted(output_mode="multi_hot"),
        adapted(output_mode="count", ngrams=2, max_tokens=30, pad_to_max_tokens=True),
        adapted(output_mode="tf_idf"),
    ]
    outputs = [L.Dense(2)(keras.ops.cast(row(text), "float32")) for row in rows]
    return keras.Model(text, outputs, name="bags")


def lookups():
    """Vocabularies that are in the config, and some that are in files."""
    word = keras.Input((3,), dtype="string", name="word")
    number = keras.Input((3,), dtype="int64", name="number")
    given = L.StringLookup(vocabulary=["dog", "cat"], num_oov_indices=2)
    learned = L.StringLookup(mask_token="")
    learned.adapt(["dog", "dog", "", "bird"])
    integers = L.IntegerLookup(output_mode="count")
    integers.adapt([3, 3, -7, 2**40])
    outputs = [
        L.Embedding(9, 2)(given(word)),
        L.Embedding(9, 2)(learned(word)),
        L.Dense(2)(keras.ops.cast(integers(number), "float32")),
    ]
    return keras.Model([word, number], outputs, name="lookups")


def hashes():
    """What needs no vocabulary."""
    word = keras.Input((1,), dtype="string", name="word")
    number = keras.Input((1,), dtype="int64", name="number")
    outputs = [
        L.Embedding(9, 2)(L.Hashing(9, salt=[133, 137])(word)),
        L.Dense(2)(L.HashedCrossing(7, output_mode="one_hot")([word, number])),
        L.Dense(2)(L.CategoryEncoding(12, output_mode="one_hot")(number)),
    ]
    return keras.Model([word, number], outputs, name="hashes")


def space():
    """A model on what a FeatureSpace makes of its inputs."""
    made = keras.utils.FeatureSpace(
        {"city": "string_categorical", "age": "float_normalized", "size": "float", "id": "integer_hashed"},
        crosses=[("city", "id")],
        crossing_dim=6,
        hashing_dim=8,
    )
    import tensorflow as tf

    table = {"city": ["oslo", "lima", "oslo"], "age": [1.0, 2.5, 4.0], "size": [0.0, 1.0, 2.0], "id": [7, 8, 9]}
    made.adapt(tf.data.Dataset.from_tensor_slices(table))
    return keras.Model(made.get_inputs(), L.Dense(1)(made.get_encoded_features()), name="space")


BUILDERS = {"text_lstm": lstm, "text_bags": bags, "text_lookups": lookups, "text_hashes": hashes, "text_space": space}
