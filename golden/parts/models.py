"""models/<id>.json: small models with their text, summary, weights by formula and outputs."""

import traceback

import keras

from cases import models as cases
from harness import model_case, text


def summary(model, **options):
    lines = []
    model.summary(line_length=80, print_fn=lambda line, *rest, **kw: lines.append(line), **options)
    return "\n".join(lines)


def run(name, build):
    keras.utils.clear_session()
    model = build()
    record = {"id": name, "config_text": model.to_json(), "summary": summary(model)}
    if not model.built:
        return record
    record["summary_all"] = summary(model, expand_nested=True, show_trainable=True)
    record["weights"] = model_case.set_weights(model)
    record["inputs"] = model_case.input_records(model)
    record["outputs"] = model_case.call(model, record["inputs"])
    if model.compiled and model.optimizer.built:
        record["optimizer_variables"] = [
            {"path": v.path, **text.tensor(keras.ops.convert_to_numpy(v))} for v in model.optimizer.variables
        ]
    return record


def generate(folder, sections):
    failures = 0
    for name, build in cases.BUILDERS.items():
        if sections and name not in sections:
            continue
        try:
            record = run(name, build)
        except Exception:
            failures += 1
            print(f"--- {name}")
            traceback.print_exc(limit=-3)
            continue
        text.write_one(folder / "models" / f"{name}.json", record)
    return failures
