"""metrics.json: classes of keras.metrics with options, and what they come to after some batches."""

import json
import traceback

import keras
from keras import metrics, ops

from cases.metrics import METRICS
from harness import text
from harness.layer_case import config_text, input_record
from parts.losses import given, label


def batch(case, is_single):
    """The inputs of a batch by what they are, as records."""
    keys = ("values", "sample_weight") if is_single else ("y_true", "y_pred", "sample_weight", "mask")
    return {key: input_record(n, one) for n, (key, one) in enumerate(zip(keys, case)) if one is not None}


def gathered(make, series):
    """What a new metric comes to after each batch, and the variables that it then has."""
    metric, results = make(), []
    for records in series:
        metric.update_state(**given(records))
        results.append(text.tensor(ops.convert_to_numpy(metric.result())))
    return {"batches": series, "outputs": results, "variables": [variable(v) for v in metric.variables]}


def variable(v):
    return {"path": v.path, "name": v.name, **text.tensor(ops.convert_to_numpy(v.value))}


def record(name, options, series):
    """What a class gives; None where this version does not have it, or not with these options."""
    keras.utils.clear_session()
    try:
        make = lambda: getattr(metrics, name)(**options)
        record = {"kind": "metric", "id": label(name, options), "name": name, "options": options}
        record["config_text"] = config_text(make())
    except (AttributeError, ValueError, TypeError) as error:
        return print(f"not in this version: {label(name, options)}: {str(error)[:100]}")
    record["values"] = []
    for batches in series:
        keras.utils.clear_session()
        records = [batch(case, name in ("Mean", "Sum")) for case in batches]
        record["values"].append(gathered(make, records))
    return record


def generate(folder, sections):
    records, failures = [], 0
    for row in METRICS:
        try:
            records.append(record(*row))
        except Exception:
            failures += 1
            print(f"--- {label(*row[:2])}")
            traceback.print_exc(limit=-1)
    records = [r for r in records if r]
    for name in sorted(n for n in keras.src.metrics.ALL_OBJECTS_DICT if isinstance(n, str)):
        keras.utils.clear_session()
        try:
            made = json.dumps(metrics.serialize(metrics.get(name)))
        except (TypeError, NotImplementedError):
            made = None
        records.append({"kind": "metric_identifier", "id": name, "config_text": made})
    keys = [(r["kind"], r["id"]) for r in records]
    assert len(set(keys)) == len(keys), "a case is listed twice"
    text.write(folder / "metrics.json", "cases", records)
    print(f"metrics.json: {len(records)} cases")
    return failures
