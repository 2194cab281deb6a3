"""Losses of Keras: classes with options, and the truths and predictions that each is tried on."""

from harness.layer_case import b, f, i, literal

P = {"scale": 0.49, "offset": 0.5}

# Truths, predictions, weights, mask; the last two are left out where there are none.
REALS = [
    [f(4, 3), f(4, 3)],
    [f(4, 3), f(4, 3), f(4, **P)],
    [f(4, 3), f(4, 3), f(4, 1, **P), b(4)],
    [f(2, 5, 3), f(2, 5, 3), f(2, 5, **P), b(2, 5)],
    [f(2, 5, 3), f(2, 5, 3), None, b(2, 5)],
    [f(2, 5, 3), f(2, 5, 3), f(2, 1, **P), literal("bool", (2, 5), [0] * 10)],
    [f(4, 1), f(4), f(4, **P)],
    [f(4), f(4, 1)],
    [i(4, 3, low=-2, high=3), f(4, 3, dtype="float16")],
]
POSITIVE = [
    [f(4, 3, **P), f(4, 3, **P)],
    [f(2, 5, 3, **P), f(2, 5, 3, **P), f(2, 5, **P), b(2, 5)],
    [f(4, 3, scale=2.0), f(4, 3, scale=2.0)],
    [i(4, 3, low=0, high=4), f(4, 3, **P), f(4, **P)],
    [f(4, 1, **P), f(4, **P)],
]
SIGNS = [
    [i(4, 3, low=0, high=2), f(4, 3, scale=2.0)],
    [literal("float32", (2, 3), [-1, 1, 1, 1, -1, -1]), f(2, 3, scale=2.0), f(2, **P)],
    [i(2, 5, 3, low=0, high=2), f(2, 5, 3, scale=2.0), f(2, 5, **P), b(2, 5)],
]
BINARY = [
    [i(4, 3, low=0, high=2), f(4, 3, **P)],
    [f(4, 3, **P), f(4, 3, **P), f(4, **P)],
    [i(2, 5, 3, low=0, high=2), f(2, 5, 3, **P), f(2, 5, **P), b(2, 5)],
    [i(4, low=0, high=2), f(4, 1, **P), f(4, **P)],
    [literal("float32", (2, 2), [0, 1, 1, 0]), literal("float32", (2, 2), [0, 1, 0, 1])],
]
CLASSES = [
    [literal("float32", (3, 4), [0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1]), f(3, 4, **P)],
    [f(3, 4, **P), f(3, 4, **P), f(3, **P)],
    [f(2, 5, 4, **P), f(2, 5, 4, **P), f(2, 5, **P), b(2, 5)],
]
LOGITS = [[*case[:1], {**case[1], "scale": 4.0, "offset": 0.0}, *case[2:]] for case in CLASSES]
FIRST = [[f(3, 4, 2, **P), f(3, 4, 2, **P)], [f(3, 4, 2, **P), f(3, 4, 2, **P), f(3, 2, **P), b(3, 2)]]
NUMBERS = [
    [i(4, low=0, high=3), f(4, 3, **P)],
    [i(4, 1, low=0, high=3), f(4, 3, **P), f(4, **P)],
    [i(2, 5, low=0, high=3), f(2, 5, 3, **P), f(2, 5, **P), b(2, 5)],
]
NUMBER_LOGITS = [[*case[:1], {**case[1], "scale": 4.0, "offset": 0.0}, *case[2:]] for case in NUMBERS]
IGNORED = [
    [i(4, low=-1, high=3), f(4, 3, **P)],
    [i(2, 5, low=-1, high=3), f(2, 5, 3, **P), f(2, 5, **P), b(2, 5)],
]
MASKS = [[f(2, 3, 4, 1, **P), f(2, 3, 4, 1, **P)], [i(2, 6, low=0, high=2), f(2, 6, **P)]]
EMBEDDINGS = [
    [literal("int32", (5,), [0, 0, 1, 1, 2]), f(5, 4, scale=0.5)],
    [literal("int32", (4, 1), [0, 0, 1, 1]), f(4, 4, scale=0.5), f(4, **P)],
]
SEQUENCES = [
    [literal("int32", (3, 4), [1, 2, 2, 0, 3, 1, 0, 0, 1, 1, 2, 3]), f(3, 9, 5, scale=2.0)],
    [literal("int32", (2, 2), [4, 3, 1, 0]), f(2, 5, 5), f(2, **P)],
]

REDUCED = [{"reduction": r} for r in ("sum", None, "none", "mean", "mean_with_sample_weight")]
DTYPES = [{"dtype": d} for d in ("float16", "bfloat16", "mixed_float16")]
NAMED = [{"name": "my_loss"}]

# Class, options, inputs.
LOSSES = [
    *[("MeanSquaredError", o, REALS) for o in ({}, *REDUCED, *DTYPES, *NAMED)],
    *[("MeanAbsoluteError", o, REALS) for o in ({}, {"reduction": "sum"})],
    *[("MeanAbsolutePercentageError", o, REALS) for o in ({}, {"reduction": None})],
    *[("MeanSquaredLogarithmicError", o, POSITIVE) for o in ({}, {"reduction": "sum"})],
    *[("LogCosh", o, REALS) for o in ({}, {"reduction": "none"})],
    *[("Huber", o, REALS) for o in ({}, {"delta": 0.25}, {"delta": 2.0, "reduction": "sum", "name": "h"})],
    *[("CosineSimilarity", o, REALS) for o in ({}, {"reduction": "sum"})],
    ("CosineSimilarity", {"axis": 1, "reduction": None}, [[f(2, 5, 3), f(2, 5, 3)]]),
    *[("KLDivergence", o, POSITIVE) for o in ({}, {"reduction": None})],
    *[("Poisson", o, POSITIVE) for o in ({}, {"reduction": "sum"})],
    *[(c, o, SIGNS) for c in ("Hinge", "SquaredHinge", "CategoricalHinge") for o in ({}, *REDUCED[:2])],
    *[("BinaryCrossentropy", o, BINARY) for o in ({}, *REDUCED, {"label_smoothing": 0.1})],
    ("BinaryCrossentropy", {"axis": 1, "reduction": None}, FIRST),
    ("BinaryCrossentropy", {"from_logits": True, "label_smoothing": 0.2}, LOGITS),
    *[("BinaryFocalCrossentropy", o, BINARY) for o in ({}, {"gamma": 3.0}, {"apply_class_balancing": True})],
    (
        "BinaryFocalCrossentropy",
        {"from_logits": True, "apply_class_balancing": True, "alpha": 0.4, "label_smoothing": 0.1},
        LOGITS,
    ),
    *[("CategoricalCrossentropy", o, CLASSES) for o in ({}, *REDUCED, {"label_smoothing": 0.1})],
    ("CategoricalCrossentropy", {"axis": 1, "reduction": None}, FIRST),
    ("CategoricalCrossentropy", {"from_logits": True}, LOGITS),
    *[("CategoricalFocalCrossentropy", o, CLASSES) for o in ({}, {"alpha": 0.5, "gamma": 1.5})],
    ("CategoricalFocalCrossentropy", {"from_logits": True, "label_smoothing": 0.1}, LOGITS),
    ("CategoricalFocalCrossentropy", {"axis": 1, "reduction": "sum"}, FIRST),
    *[("SparseCategoricalCrossentropy", o, NUMBERS) for o in ({}, *REDUCED)],
    ("SparseCategoricalCrossentropy", {"from_logits": True, "dtype": "float16"}, NUMBER_LOGITS),
    *[("SparseCategoricalCrossentropy", {"ignore_class": -1, **o}, IGNORED) for o in ({}, *REDUCED)],
    *[("Dice", o, MASKS) for o in ({}, {"reduction": None})],
    *[("Dice", {"axis": [1, 2, 3], **o}, MASKS[:1]) for o in ({}, {"reduction": None})],
    *[("Tversky", o, MASKS) for o in ({}, {"alpha": 0.3, "beta": 0.7, "reduction": "sum"})],
    ("Tversky", {"axis": [1, 2, 3], "reduction": None}, MASKS[:1]),
    *[("Circle", o, EMBEDDINGS) for o in ({}, {"gamma": 2.0, "margin": 0.1}, {"remove_diagonal": False})],
    ("Circle", {"reduction": None, "gamma": 10.0}, EMBEDDINGS),
    *[("CTC", o, SEQUENCES) for o in ({}, {"reduction": None})],
    *[("CategoricalGeneralizedCrossEntropy", o, NUMBERS[:1]) for o in ({}, {"q": 0.7}, {"reduction": "sum"})],
]

# Function, options, inputs.
FUNCTIONS = [
    *[
        (name, {}, [*REALS[:1], REALS[3], *REALS[6:], [i(2, 3), i(2, 3)]])
        for name in ("mean_squared_error", "mean_absolute_error", "mean_absolute_percentage_error", "log_cosh")
    ],
    ("mean_squared_logarithmic_error", {}, POSITIVE),
    ("huber", {"delta": 0.5}, REALS[:1]),
    ("cosine_similarity", {"axis": 1}, REALS[3:4]),
    *[(name, {}, POSITIVE[:2]) for name in ("kl_divergence", "poisson")],
    *[(name, {}, SIGNS) for name in ("hinge", "squared_hinge", "categorical_hinge")],
    ("binary_crossentropy", {"label_smoothing": 0.3}, BINARY[:3]),
    ("binary_focal_crossentropy", {"apply_class_balancing": True}, BINARY[:3]),
    ("categorical_crossentropy", {"label_smoothing": 0.3}, CLASSES),
    ("categorical_focal_crossentropy", {"axis": 1}, FIRST),
    ("sparse_categorical_crossentropy", {}, NUMBERS),
    ("sparse_categorical_crossentropy", {"ignore_class": -1}, IGNORED),
    ("dice", {"axis": [1, 2]}, MASKS[:1]),
    ("tversky", {"alpha": 0.2}, MASKS[:1]),
    ("circle", {"gamma": 4.0}, [[literal("int32", (4,), [0, 0, 1, 1]), f(4, 4, scale=0.5)]]),
    ("ctc", {}, SEQUENCES),
    ("categorical_generalized_cross_entropy", {"q": 0.4}, NUMBERS[:1]),
]
