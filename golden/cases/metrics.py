"""Metrics of Keras: classes with options, and the batches that each gathers."""

from cases.losses import BINARY, CLASSES, IGNORED, LOGITS, NUMBER_LOGITS, NUMBERS, P, POSITIVE, REALS, SIGNS
from harness.layer_case import b, f, i, literal

MEANS = [
    [[f(4)], [f(3), f(3, **P)]],
    [[f(4, 3)], [f(4, 3), f(4, **P)], [f(4, 3), f(4, 1, **P)]],
    [[f(2, 5, 3), f(2, 5, **P)], [f(2, 5, 3)]],
    [[f()]],
    [[i(4, 2)]],
]
SPLIT = [[f(5, **P), f(5, **P)], [i(5, low=0, high=2), f(5, **P), f(5, **P)]]
MATRIX = [
    [i(6, 3, low=0, high=2), f(6, 3, **P)],
    [i(6, 3, low=0, high=2), f(6, 3, **P), f(6, **P)],
    [literal("int32", (2, 3), [0, 1, 1, 0, 0, 1]), literal("float32", (2, 3), [0, 1, 0.5, 0.25, 0.75, 1])],
]
COLUMN = [[i(6, low=0, high=2), f(6, 1, **P)], [i(6, 1, low=0, high=2), f(6, 1, **P), f(6, **P)]]
VECTOR = [[i(8, low=0, high=2), f(8, **P)], [i(8, low=0, high=2), f(8, **P), f(8, **P)]]
RAW = [[i(6, 3, low=0, high=2), f(6, 3, scale=3.0)]]
PAIRS = [[f(6, 2), f(6, 2)], [f(5, 2), f(5, 2), f(5, **P)]]
LABELS = [[i(9, low=0, high=3), i(9, low=0, high=3)], [i(2, 4, low=0, high=3), i(2, 4, low=0, high=3), i(2, 4, low=0, high=4)]]
WEIGHED = [[i(9, low=0, high=2), i(9, low=0, high=2), f(9, **P)]]
PROBABLE = [[f(6, 3), f(6, 3)], [f(2, 4, 3), f(2, 4, 3)]]
HALF = [[i(6, low=0, high=3), f(6, 3)], [f(6, 3), i(6, low=0, high=3)]]
TOP = [[i(6, low=0, high=4), f(6, 4)], [i(2, 5, low=0, high=4), f(2, 5, 4), f(2, 5, **P), b(2, 5)]]
SORTED = [[i(6, low=0, high=4), i(6, 3, low=0, high=4)]]
KNOWN = [[f(6, 4), f(6, 4)], [f(2, 5, 4), f(2, 5, 4), f(2, 5, **P), b(2, 5)]]

APART = lambda batches: [[batch] for batch in batches]

# Class, options, series of batches: each series is gathered by a metric of its own.
METRICS = [
    *[(name, o, MEANS) for name in ("Mean", "Sum") for o in ({}, {"name": "m", "dtype": "float16"})],
    *[
        (name, {}, APART(REALS))
        for name in ("MeanSquaredError", "MeanAbsoluteError", "MeanAbsolutePercentageError", "LogCoshError")
    ],
    *[("RootMeanSquaredError", o, [*APART(REALS[:-1]), REALS[:3]]) for o in ({}, {"dtype": "bfloat16"})],
    ("MeanSquaredError", {"dtype": "mixed_float16", "name": "a/b"}, APART(REALS)),
    ("MeanSquaredLogarithmicError", {}, APART(POSITIVE)),
    ("CosineSimilarity", {}, APART(REALS)),
    ("CosineSimilarity", {"axis": 1}, [[[f(2, 5, 3), f(2, 5, 3)]]]),
    *[(name, {}, APART(POSITIVE)) for name in ("KLDivergence", "Poisson")],
    *[(name, {}, [*APART(SIGNS), SIGNS]) for name in ("Hinge", "SquaredHinge", "CategoricalHinge")],
    *[("BinaryCrossentropy", o, APART([*BINARY[:3], *BINARY[4:]])) for o in ({}, {"label_smoothing": 0.1})],
    ("BinaryCrossentropy", {"from_logits": True}, APART(LOGITS)),
    *[("CategoricalCrossentropy", o, APART(CLASSES)) for o in ({}, {"label_smoothing": 0.2, "dtype": "float16"})],
    ("CategoricalCrossentropy", {"from_logits": True, "axis": 1}, APART(LOGITS[:1])),
    ("SparseCategoricalCrossentropy", {}, APART(NUMBERS)),
    ("SparseCategoricalCrossentropy", {"from_logits": True}, APART(NUMBER_LOGITS)),
    ("SparseCategoricalCrossentropy", {"ignore_class": -1}, APART(IGNORED)),
    *[("Accuracy", o, [LABELS, *APART(COLUMN)]) for o in ({}, {"name": None})],
    *[("BinaryAccuracy", o, [*APART(BINARY), MATRIX, COLUMN]) for o in ({}, {"threshold": 0.3}, {"threshold": 1})],
    ("CategoricalAccuracy", {}, [*APART(CLASSES), CLASSES[:2], *APART(KNOWN)]),
    ("SparseCategoricalAccuracy", {}, [*APART(NUMBERS), *APART(TOP), NUMBERS[:2]]),
    *[("TopKCategoricalAccuracy", o, APART(KNOWN)) for o in ({"k": 2}, {"k": 1, "dtype": "float16"})],
    *[("SparseTopKCategoricalAccuracy", o, APART(TOP)) for o in ({"k": 2}, {"k": 3, "name": "top"})],
    ("SparseTopKCategoricalAccuracy", {"k": 2, "from_sorted_ids": True}, APART(SORTED)),
    *[
        (name, o, [MATRIX, VECTOR])
        for name in ("FalsePositives", "FalseNegatives", "TrueNegatives", "TruePositives")
        for o in ({}, {"thresholds": [0, 0.5, 1]})
    ],
    *[
        (name, o, [MATRIX, VECTOR, COLUMN])
        for name in ("Precision", "Recall")
        for o in ({}, {"thresholds": 0.25}, {"thresholds": [0, 0.5, 1]}, {"thresholds": [0.2, 0.3, 0.9]})
    ],
    *[
        (name, o, [MATRIX])
        for name in ("Precision", "Recall")
        for o in ({"top_k": 2}, {"class_id": 1}, {"top_k": 1, "class_id": 0, "thresholds": 0.1}, {"dtype": "float16"})
    ],
    *[
        (name, {key: 0.5, **o}, [VECTOR, MATRIX])
        for name, key in (
            ("SensitivityAtSpecificity", "specificity"),
            ("SpecificityAtSensitivity", "sensitivity"),
            ("PrecisionAtRecall", "recall"),
            ("RecallAtPrecision", "precision"),
        )
        for o in ({}, {"num_thresholds": 1}, {"num_thresholds": 7, key: 0.9}, {"num_thresholds": 2, "name": "s"})
    ],
    *[(name, {key: 0.4, "class_id": 1}, [MATRIX]) for name, key in (("PrecisionAtRecall", "recall"),)],
    *[
        ("AUC", {"curve": curve, "summation_method": method, "num_thresholds": 11}, [VECTOR, MATRIX])
        for curve in ("ROC", "PR", "PRGAIN")
        for method in ("interpolation", "majoring", "minoring")
    ],
    *[("AUC", o, [VECTOR, MATRIX]) for o in ({}, {"curve": "pr", "dtype": "float16"}, {"num_thresholds": 2})],
    *[("AUC", {"thresholds": t, **o}, [VECTOR, MATRIX]) for t in ([0.7, 0.2, 0.4], [0.25, 0.5, 0.75]) for o in ({}, {"curve": "PR"})],
    ("AUC", {"from_logits": True, "num_thresholds": 9}, [RAW]),
    ("AUC", {"label_weights": [0.2, 0.5, 1.0], "num_thresholds": 9}, [MATRIX]),
    *[
        ("AUC", {"multi_label": True, "num_thresholds": 9, **o}, [MATRIX[:2]])
        for o in ({}, {"num_labels": 3}, {"label_weights": [0.2, 0.5, 1.0]}, {"curve": "PR"}, {"curve": "PRGAIN"})
    ],
    ("AUC", {"multi_label": True, "thresholds": [0.1, 0.3, 0.35]}, [MATRIX[:2]]),
    *[
        ("F1Score", {"average": average, **o}, [MATRIX])
        for average in (None, "micro", "macro", "weighted")
        for o in ({}, {"threshold": 0.5})
    ],
    *[("FBetaScore", o, [MATRIX]) for o in ({}, {"beta": 2.0, "average": "macro"}, {"beta": 0.5, "threshold": 0.3, "dtype": "float16"})],
    *[("R2Score", o, [PAIRS]) for o in ({}, {"class_aggregation": None}, {"class_aggregation": "variance_weighted_average"}, {"num_regressors": 2}, {"num_regressors": 20})],
    *[("IoU", {"num_classes": 3, "target_class_ids": ids, **o}, [LABELS]) for ids in ([0, 1], [2]) for o in ({}, {"ignore_class": 1}, {"name": "i", "dtype": "float32"})],
    ("IoU", {"num_classes": 3, "target_class_ids": [0, 2], "sparse_y_true": False, "sparse_y_pred": False}, APART(PROBABLE)),
    *[("MeanIoU", {"num_classes": 3, **o}, [LABELS]) for o in ({}, {"ignore_class": 0})],
    ("MeanIoU", {"num_classes": 3, "sparse_y_pred": False}, APART(HALF[:1])),
    ("MeanIoU", {"num_classes": 2, "dtype": "float32"}, APART(WEIGHED)),
    *[("BinaryIoU", o, [*APART(SPLIT), *APART(MATRIX[:1])]) for o in ({}, {"target_class_ids": [1], "threshold": 0.3}, {"dtype": "float32"})],
    *[("OneHotIoU", {"num_classes": 3, "target_class_ids": [0, 2], **o}, [PROBABLE]) for o in ({}, {"ignore_class": 0})],
    ("OneHotIoU", {"num_classes": 3, "target_class_ids": [1], "sparse_y_pred": True}, APART(HALF[1:])),
    ("OneHotMeanIoU", {"num_classes": 3}, [PROBABLE]),
    *[(name, o, APART(KNOWN[:1])) for name in ("PearsonCorrelation", "ConcordanceCorrelation") for o in ({}, {"axis": 0})],
]
