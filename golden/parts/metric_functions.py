"""metric_functions.json: functions of keras.metrics that are no losses, with options, and what they give."""

import functools
import json

import keras
from keras import metrics

from cases.losses import BINARY, CLASSES, NUMBERS, REALS
from cases.metrics import KNOWN, SORTED, TOP
from harness import text
from parts.losses import arguments, label, named, value

# Name, options, calls.
FUNCTIONS = [
    ("binary_accuracy", {}, BINARY[:3]),
    ("binary_accuracy", {"threshold": 0.3}, BINARY[:3]),
    ("categorical_accuracy", {}, [*CLASSES, KNOWN[0]]),
    ("sparse_categorical_accuracy", {}, [*NUMBERS, *TOP]),
    ("top_k_categorical_accuracy", {"k": 2}, KNOWN),
    ("sparse_top_k_categorical_accuracy", {"k": 2}, TOP),
    ("sparse_top_k_categorical_accuracy", {"k": 2, "from_sorted_ids": True}, SORTED),
    ("pearson_correlation", {}, REALS[:1]),
    ("pearson_correlation", {"axis": 1}, REALS[3:4]),
    ("concordance_correlation", {}, REALS[:1]),
    ("concordance_correlation", {"axis": 1}, REALS[3:4]),
]


def record(name, options, cases):
    function = getattr(metrics, name, None)
    if function is None:
        return print(f"not in this version: {name}")
    run = functools.partial(function, **arguments(options))
    try:
        values = [value(run, named(case[:2])) for case in cases]
    except TypeError as error:
        return print(f"not in this version: {label(name, options)}: {error}")
    made = {"kind": "metric_function", "id": label(name, options), "name": name, "options": options}
    made["config_text"] = json.dumps(keras.saving.serialize_keras_object(function))
    return {**made, "values": values}


def generate(folder, sections):
    records = [r for r in (record(*row) for row in FUNCTIONS) if r]
    text.write(folder / "metric_functions.json", "cases", records)
    print(f"metric_functions.json: {len(records)} cases")
    return 0
