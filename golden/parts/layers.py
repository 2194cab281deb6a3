"""layers/<Class>.json: every layer in several configurations."""

import importlib
import traceback

import keras

from harness import layer_case, text

FAMILIES = [
    "core",
    "convolution",
    "pooling",
    "normalization",
    "regularization",
    "merging",
    "reshaping",
    "recurrent",
    "attention",
    "image",
    "image_augmenting",
    "image_mixing",
    "application_layers",
    "conv_lstm",
    "wrapping",
    "adaptive_pooling",
    "reversible_embedding",
    "discretization",
    "audio",
]


VERSION = tuple(int(n) for n in keras.__version__.split(".")[:2])


def generate(folder, families, part="layers"):
    by_class, failures = {}, 0
    for family in families or FAMILIES:
        for table in importlib.import_module(f"cases.{family}").CASES:
            for case in table():
                if not case.since <= VERSION <= case.until:
                    continue
                try:
                    record = layer_case.run(case)
                except Exception:
                    failures += 1
                    print(f"--- {family} {table.__name__} {case.id}")
                    traceback.print_exc(limit=-3)
                    continue
                by_class.setdefault(record["class_name"], []).append(record)
    for name, records in by_class.items():
        ids = [r["id"] for r in records]
        assert len(ids) == len(set(ids)), f"{name}: an id is used twice"
        text.write(folder / part / f"{name}.json", "cases", records)
    return failures
