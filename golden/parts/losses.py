"""losses.json: classes and functions of keras.losses with options, and what they give."""

import functools
import json

import keras
from keras import losses, ops

from cases.losses import FUNCTIONS, LOSSES
from harness import formula, text
from harness.layer_case import config_text, input_record


def tensor(record):
    return ops.convert_to_tensor(formula.values(record), dtype=record["dtype"])


def named(case):
    """The inputs of a case by what they are, as records."""
    keys = ("y_true", "y_pred", "sample_weight", "mask")
    return {key: input_record(n, given) for n, (key, given) in enumerate(zip(keys, case)) if given is not None}


def given(records):
    """The inputs as tensors; the predictions carry the mask."""
    tensors = {key: tensor(record) for key, record in records.items()}
    mask = tensors.pop("mask", None)
    if mask is not None:
        keras.src.backend.set_keras_mask(tensors["y_pred"], mask)
    return tensors


def arguments(options):
    return {k: tuple(v) if isinstance(v, list) else v for k, v in options.items()}


def label(name, options):
    return f"{name}({', '.join(f'{k}={v!r}' for k, v in options.items())})"


def value(run, records):
    return {**records, "output": text.tensor(ops.convert_to_numpy(run(**given(records))))}


def loss_record(name, options, cases):
    """What a class gives; None where this version does not have it, or not with these options."""
    keras.utils.clear_session()
    try:
        loss = getattr(losses, name)(**arguments(options))
    except (AttributeError, ValueError, TypeError) as error:
        return print(f"not in this version: {label(name, options)}: {str(error)[:100]}")
    record = {"kind": "loss", "id": label(name, options), "name": name, "options": options}
    record["config_text"] = config_text(loss)
    record["values"] = [value(loss, named(case)) for case in cases]
    return record


def function_record(name, options, cases):
    function = getattr(losses, name, None)
    if function is None:
        return print(f"not in this version: {name}")
    record = {"kind": "loss_function", "id": label(name, options), "name": name, "options": options}
    record["config_text"] = json.dumps(keras.saving.serialize_keras_object(function))
    run = functools.partial(function, **arguments(options))
    record["values"] = [value(run, named(case[:2])) for case in cases]
    return record


def generate(folder, sections):
    records = [loss_record(*row) for row in LOSSES] + [function_record(*row) for row in FUNCTIONS]
    for name in sorted(n for n in keras.src.losses.ALL_OBJECTS_DICT if n not in ("Loss", "LossFunctionWrapper")):
        text_of_it = json.dumps(losses.serialize(losses.get(name)))
        records.append({"kind": "loss_identifier", "id": name, "config_text": text_of_it})
    records = [r for r in records if r]
    keys = [(r["kind"], r["id"]) for r in records]
    assert len(set(keys)) == len(keys), "a case is listed twice"
    text.write(folder / "losses.json", "cases", records)
    print(f"losses.json: {len(records)} cases")
    return 0
