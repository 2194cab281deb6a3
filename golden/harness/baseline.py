"""A newer version's records leave out what is equal to the same record of the baseline version, to keep files small."""

import json

import keras

BASELINE = "3.6"
VALUES = ("outputs", "output_masks", "training_outputs", "training_weights", "losses", "values", "summary", "summary_all")
VERSION = ".".join(keras.__version__.split(".")[:2])


def identity(record):
    return record.get("id", ""), record.get("kind", ""), record.get("identifier", "")


def read(path, key=None):
    """The baseline's records at a path inside a version's folder, by identity; none when this is the baseline."""
    folder = next(p for p in path.parents if p.name == VERSION)
    source = folder.parent / BASELINE / path.relative_to(folder)
    if VERSION == BASELINE or not source.exists():
        return {}
    found = json.loads(source.read_text(encoding="utf-8"))
    return {identity(r): r for r in (found[key] if key else [found])}


def without_repeats(record, base):
    same = base.get(identity(record), {})
    return {n: v for n, v in record.items() if n not in VALUES or v != same.get(n)}
