"""ops.json: operations on symbolic tensors, each as a small Functional model."""

import re
import traceback

import keras
import numpy as np
from keras import ops, tree

from cases.operations import EXPRESSIONS, INPUTS
from harness import formula, layer_case, text


def names_in(expression, inputs):
    bare = re.sub(r'"[^"]*"', "", expression)
    return [n for n in inputs if re.search(rf"(?<![\w.]){n}(?![\w(=])", bare)]


def run(expression, inputs=INPUTS):
    keras.utils.clear_session()
    names = names_in(expression, inputs)
    given = [layer_case.input_record(n, inputs[name]) for n, name in enumerate(names)]
    symbols = {
        name: keras.Input(batch_shape=(None, *r["shape"][1:]), dtype=r["dtype"], name=name)
        for name, r in zip(names, given)
    }
    outputs = eval(expression, {"ops": ops, "keras": keras, "np": np}, symbols)
    if not isinstance(outputs, keras.KerasTensor):
        outputs = list(outputs)
    model = keras.Model(list(symbols.values()), outputs, name="m")
    record = {
        "id": expression,
        "config_text": model.to_json(),
        "inputs": given,
        "output_spec": [{"shape": [n if n is None else int(n) for n in t.shape], "dtype": t.dtype} for t in tree.flatten(outputs)],
    }
    arrays = [ops.convert_to_tensor(formula.values(r), dtype=r["dtype"]) for r in given]
    record["outputs"] = layer_case.records(model(arrays))
    return record


def write(path, expressions, inputs):
    records, failures = [], []
    for expression in expressions:
        try:
            records.append(run(expression, inputs))
        except Exception as error:
            failures.append(expression)
            print(f"--- {expression}: {type(error).__name__} {str(error)[:200]}")
    assert len({r["id"] for r in records}) == len(records), "an expression is listed twice"
    text.write(path, "cases", records)
    print(f"{path.name}: {len(records)} cases, left out {len(failures)}")


def generate(folder, sections):
    write(folder / "ops.json", EXPRESSIONS, INPUTS)
    return 0
