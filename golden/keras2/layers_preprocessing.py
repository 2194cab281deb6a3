"""What prepares numbers, categories, texts and images."""

import tensorflow as tf

from harness.arguments import X, Y, f, i, literal, texts

from .layer_case import Case

K, L = tf.keras, tf.keras.layers
E = L.experimental.preprocessing
# Called without `training`, these would train.
STILL = dict(kwargs={"training": False})
IMAGE = f(2, 4, 6, 3, scale=0.5, offset=0.5)


def categories():
    words = texts("cat", "dog", "bird")
    for mode in ("multi_hot", "one_hot", "count"):
        yield Case(mode, lambda m=mode: L.CategoryEncoding(4, m), [i(3, 1, high=4)])
    yield Case("weighted", lambda: L.CategoryEncoding(4, "count"), [i(2, 3, high=4), f(2, 3)], args=[X], kwargs={"count_weights": Y})
    yield Case("bins", lambda: L.Discretization([-0.5, 0, 0.5]), [f(2, 3)])
    yield Case("adapted", lambda: L.Discretization(num_bins=3, epsilon=0.05), [f(2, 3)], adapt=f_values())
    yield Case("bins", lambda: L.Hashing(3), [texts("cat", "dog", "bird")])
    yield Case("masked", lambda: L.Hashing(4, mask_value=""), [texts("cat", "", "bird")])
    yield Case("salted", lambda: L.Hashing(5, salt=[133, 137]), [i(2, 3)])
    yield Case("salt", lambda: L.Hashing(5, salt=3), [texts("cat", "dog", "bird")])
    yield Case("bins", lambda: E.HashedCrossing(5), [texts("cat", "dog"), i(2)], args=[[X, Y]])
    yield Case("one_hot", lambda: E.HashedCrossing(5, output_mode="one_hot"), [texts("cat", "dog"), i(2)], args=[[X, Y]])
    yield Case("defaults", lambda: L.StringLookup(vocabulary=["dog", "cat"]), [words])
    yield Case("masked", lambda: L.StringLookup(vocabulary=["dog", "cat"], mask_token="", num_oov_indices=2), [texts("cat", "", "mouse")])
    yield Case("invert", lambda: L.StringLookup(vocabulary=["dog", "cat"], invert=True), [literal("int64", [3], [0, 1, 2])])
    for mode in ("multi_hot", "count", "one_hot"):
        yield Case(mode, lambda m=mode: L.StringLookup(vocabulary=["dog", "cat"], output_mode=m), [texts(["cat"], ["dog"], ["cow"])])
    yield Case("tf_idf", lambda: L.StringLookup(vocabulary=["dog", "cat"], output_mode="tf_idf", idf_weights=[0.5, 0.75], pad_to_max_tokens=True, max_tokens=5), [texts(["cat", "dog"], ["dog", "dog"])])
    yield Case("adapted", lambda: L.StringLookup(), [words], adapt=texts("cat", "dog", "cat"))
    yield Case("defaults", lambda: L.IntegerLookup(vocabulary=[12, 36, 7]), [i(2, 3, high=40, dtype="int64")])
    yield Case("all", lambda: L.IntegerLookup(max_tokens=6, vocabulary=[12, 36], mask_token=0, oov_token=-2, num_oov_indices=2), [literal("int64", [4], [12, 0, 36, 5])])
    yield Case("defaults", lambda: L.TextVectorization(vocabulary=["dog", "cat"]), [texts(["the cat"], ["Dog! dog"])])
    yield Case("all", lambda: L.TextVectorization(max_tokens=9, standardize="lower", split="character", ngrams=2, output_sequence_length=4, pad_to_max_tokens=False), [texts(["ab"], ["ba!"])], adapt=texts("ab", "bab"))
    yield Case("multi_hot", lambda: L.TextVectorization(vocabulary=["dog", "cat"], output_mode="multi_hot", ngrams=(1, 2)), [texts(["the cat"], ["dog cat"])])


def f_values():
    return literal("float32", [6], [0, 1, 2, 3, 5, 8])


def images():
    yield Case("defaults", lambda: L.Resizing(3, 4), [IMAGE])
    for name in ("nearest", "bicubic", "area", "lanczos3", "lanczos5", "gaussian", "mitchellcubic"):
        yield Case(name, lambda n=name: L.Resizing(3, 4, interpolation=n), [IMAGE])
    yield Case("cropped", lambda: L.Resizing(3, 3, crop_to_aspect_ratio=True), [IMAGE])
    yield Case("defaults", lambda: L.Rescaling(1 / 255), [i(2, 3, high=256)])
    yield Case("offset", lambda: L.Rescaling(2, offset=-1.0), [IMAGE])
    yield Case("cropped", lambda: L.CenterCrop(2, 3), [IMAGE])
    yield Case("resized", lambda: L.CenterCrop(6, 6), [IMAGE])
    yield Case("defaults", lambda: L.RandomCrop(3, 4, seed=1), [IMAGE], **STILL)
    yield Case("defaults", lambda: L.RandomFlip(seed=2), [IMAGE], **STILL)
    yield Case("horizontal", lambda: L.RandomFlip("horizontal"), [IMAGE], **STILL)
    yield Case("defaults", lambda: L.RandomTranslation(0.1, (-0.2, 0.3)), [IMAGE], **STILL)
    yield Case("all", lambda: L.RandomTranslation(0.1, 0.2, "wrap", "nearest", seed=3, fill_value=1.0), [IMAGE], **STILL)
    yield Case("defaults", lambda: L.RandomRotation(0.2), [IMAGE], **STILL)
    yield Case("all", lambda: L.RandomRotation((-0.1, 0.2), "constant", "nearest", seed=4, fill_value=0.5), [IMAGE], **STILL)
    yield Case("defaults", lambda: L.RandomZoom(0.2), [IMAGE], **STILL)
    yield Case("all", lambda: L.RandomZoom((-0.1, 0.2), 0.3, "nearest", "nearest", seed=5), [IMAGE], **STILL)
    yield Case("defaults", lambda: L.RandomContrast(0.2), [IMAGE], **STILL)
    yield Case("pair", lambda: L.RandomContrast((0.1, 0.2), seed=6), [IMAGE], **STILL)
    yield Case("defaults", lambda: L.RandomBrightness(0.2), [IMAGE], **STILL)
    yield Case("pair", lambda: L.RandomBrightness((-0.1, 0.2), (0, 1), seed=7), [IMAGE], **STILL)
    for make in (L.RandomHeight, L.RandomWidth):
        yield Case("defaults", lambda m=make: m(0.2), [IMAGE], **STILL)
        yield Case("all", lambda m=make: m((-0.1, 0.3), "nearest", seed=8), [IMAGE], **STILL)


def cases():
    yield from categories()
    yield from images()
