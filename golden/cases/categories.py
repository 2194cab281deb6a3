"""Layers of texts and categories. They need TensorFlow beside JAX: `interop/python-env.sh --tensorflow`."""

from keras import layers as L

from harness.layer_case import X, Y, Case, f, i, literal, texts

SENTENCES = ["The cat, sat! on  THE mat", "a dog\u00a0sat ÄÖ ßİ", " ", "", "the the dog\tA-B 😀"]
COLUMN = texts(*[[text] for text in SENTENCES])
FLAT = texts(*SENTENCES)
WORDS = texts(["red", "green", "none"], ["", "blue", "red"])
VOCABULARY = ["red", "green", "blue"]


def vectorization():
    def case(id, given=COLUMN, adapt=FLAT, **options):
        return Case(id, lambda: L.TextVectorization(**options), [given], adapt=adapt)

    yield case("defaults")
    yield case("flat", FLAT)
    yield case("length", output_sequence_length=3)
    yield case("longer", output_sequence_length=9, max_tokens=6)
    yield case("lower", standardize="lower")
    yield case("strip", standardize="strip_punctuation")
    yield case("as_is", standardize=None)
    yield case("characters", split="character")
    yield case("whole", split=None, output_sequence_length=1)
    yield case("bigrams", ngrams=2)
    yield case("some_ngrams", ngrams=(2, 3), output_sequence_length=5)
    yield case("multi_hot", output_mode="multi_hot", name="hot")
    yield case("count", output_mode="count", max_tokens=20, pad_to_max_tokens=True)
    yield case("tf_idf", output_mode="tf_idf")
    yield case("tf_idf_padded", output_mode="tf_idf", max_tokens=20, pad_to_max_tokens=True)
    yield case("few", output_mode="multi_hot", max_tokens=4)
    yield case("vocabulary", adapt=None, vocabulary=["the", "cat", "sat"], trainable=False)
    yield case("with_special", adapt=None, vocabulary=["", "[UNK]", "the", "cat"])
    yield case("weights", adapt=None, vocabulary=["the", "cat"], idf_weights=[0.5, 2], output_mode="tf_idf")
    yield Case("config", lambda: L.TextVectorization(max_tokens=7, encoding="latin-1", ragged=False))


def strings():
    def case(id, given=WORDS, adapt=None, tensorflow=False, **options):
        if adapt is None:
            options.setdefault("vocabulary", VOCABULARY)
        return Case(id, lambda: L.StringLookup(**options), [given], adapt=adapt, tensorflow=tensorflow)

    yield case("vocabulary")
    yield case("adapted", adapt=WORDS)
    yield case("adapted_flat", adapt=texts("b", "a", "b", "c", "[UNK]", "b", "😀", "\ufffd"), max_tokens=5)
    yield case("mask", mask_token="", name="lookup")
    yield case("three_oov", num_oov_indices=3)
    yield case("no_oov", texts(["red", "green"]), num_oov_indices=0)
    yield case("no_oov_mask", texts(["red", ""]), num_oov_indices=0, mask_token="")
    yield case("with_special", vocabulary=["", "[UNK]", "red"], mask_token="")
    yield case("one_hot_column", texts(["red"], ["none"]), output_mode="one_hot")
    yield case("multi_hot", output_mode="multi_hot")
    yield case("binary", output_mode="binary")
    yield case("multi_hot_mask", output_mode="multi_hot", mask_token="")
    yield case("count", output_mode="count", max_tokens=6, pad_to_max_tokens=True)
    yield case("tf_idf", output_mode="tf_idf", idf_weights=[0.25, 0.75, 0.6])
    yield case("tf_idf_adapted", adapt=WORDS, output_mode="tf_idf", mask_token="")
    yield case("invert", i(2, 3, low=-1, high=6, dtype="int64"), tensorflow=True, invert=True)
    yield case("invert_mask", i(2, 3, low=-1, high=6, dtype="int64"), tensorflow=True, invert=True, mask_token="")
    yield Case("config", lambda: L.StringLookup(oov_token="?", encoding="latin-1", max_tokens=9))


def integers():
    given = i(2, 4, low=3, high=9)
    vocabulary = [5, 7, 3]

    def case(id, given=given, adapt=None, **options):
        if adapt is None:
            options.setdefault("vocabulary", vocabulary)
        return Case(id, lambda: L.IntegerLookup(**options), [given], adapt=adapt)

    yield case("vocabulary")
    yield case("adapted", adapt=literal("int64", (6,), [9, -9, 9, 3, -1, 12]), max_tokens=4)
    yield case("mask", mask_token=4, name="lookup")
    yield case("three_oov", i(2, 4, low=-9, high=9), num_oov_indices=3)
    yield case("no_oov", literal("int32", (2, 2), [5, 7, 7, 3]), num_oov_indices=0)
    yield case("multi_hot", output_mode="multi_hot")
    yield case("count", output_mode="count", mask_token=4, max_tokens=8, pad_to_max_tokens=True)
    yield case("tf_idf", output_mode="tf_idf", idf_weights=[0.25, 0.75, 0.6])
    yield case("invert", i(2, 3, low=-1, high=6, dtype="int64"), invert=True)
    yield case("large", literal("int64", (3,), [2**52, 5, 2**52 + 1]), vocabulary=[2**52, 5], invert=False)
    yield Case("config", lambda: L.IntegerLookup(oov_token=-5, mask_token=0, max_tokens=9))


def newer():
    new = dict(since=(3, 14))
    yield Case(
        "salt", lambda: L.StringLookup(vocabulary=VOCABULARY, num_oov_indices=5, salt=[7, 9]), [WORDS], **new
    )
    yield Case(
        "farmhash",
        lambda: L.IntegerLookup(vocabulary=[5], num_oov_indices=4, oov_method="farmhash"),
        [i(2, 4, low=-9, high=9)],
        **new,
    )
    yield Case(
        "farmhash_salt",
        lambda: L.IntegerLookup(vocabulary=[5], num_oov_indices=4, oov_method="farmhash", salt=3),
        [i(2, 4, low=-9, high=9)],
        **new,
    )
    yield Case(
        "one_hot_rows",
        lambda: L.StringLookup(vocabulary=VOCABULARY, output_mode="one_hot"),
        [WORDS],
        **new,
    )


def encodings():
    given = i(3, 4, low=-1, high=6)
    yield Case("defaults", lambda: L.CategoryEncoding(num_tokens=5), [given])
    yield Case("binary", lambda: L.CategoryEncoding(5, output_mode="binary", name="enc"), [given])
    yield Case("count", lambda: L.CategoryEncoding(5, output_mode="count"), [given])
    weights = dict(args=[X], kwargs={"count_weights": Y})
    yield Case("weights", lambda: L.CategoryEncoding(5, output_mode="count"), [given, f(3, 4)], **weights)
    yield Case("one_hot", lambda: L.CategoryEncoding(5, output_mode="one_hot"), [given])
    yield Case("one_hot_column", lambda: L.CategoryEncoding(5, output_mode="one_hot"), [i(3, 1, high=5)])
    yield Case("float64", lambda: L.CategoryEncoding(5, dtype="float64"), [given])


def hashes():
    given = texts(["a", "green", ""], ["ÄÖ", "a longer text, of more than sixteen bytes", "a"])

    def case(id, given=given, **options):
        return Case(id, lambda: L.Hashing(**options), [given])

    yield case("defaults", num_bins=100)
    yield case("flat", texts("a", "b", "c"), num_bins=7, name="bins")
    yield case("salt", num_bins=100, salt=[133, 137])
    yield case("one_salt", num_bins=100, salt=133)
    yield case("mask", num_bins=5, mask_value="")
    yield case("mask_salt", num_bins=5, mask_value="a", salt=(2**40, 1))
    yield case("one_bin", num_bins=1, mask_value="a")
    yield case("integers", i(3, 4, low=-50, high=50), num_bins=10)
    yield case("integer_mask", i(3, 4, low=-2, high=2), num_bins=10, mask_value=0)
    yield case("floats", f(3, 4, scale=20), num_bins=10)
    yield case("int32", num_bins=9, dtype="int32")
    yield case("one_hot_column", texts(["a"], ["b"]), num_bins=4, output_mode="one_hot")
    yield case("multi_hot", num_bins=4, output_mode="multi_hot")
    yield case("count", num_bins=4, output_mode="count", salt=7)


def crossings():
    words, numbers = texts("a", "b", "ÄÖ"), literal("int32", (3,), [101, -5, 0])
    columns = [texts(["a"], ["b"]), literal("int32", (2, 1), [7, 8])]

    def case(id, inputs, **options):
        return Case(id, lambda: L.HashedCrossing(**options), inputs, args=[[X, Y]])

    yield case("defaults", [words, numbers], num_bins=1000)
    yield case("named", [words, texts("x", "y", "z")], num_bins=1000, name="cross")
    yield case("columns", columns, num_bins=50)
    yield case("one_hot", [words, numbers], num_bins=5, output_mode="one_hot")
    yield case("one_hot_columns", columns, num_bins=5, output_mode="one_hot")
    yield case("int32", [words, numbers], num_bins=5, dtype="int32")


CASES = [vectorization, strings, integers, newer, encodings, hashes, crossings]
