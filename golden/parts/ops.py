"""ops.json: operations on symbolic tensors, each as a small Functional model."""

import re
import traceback

import keras
import numpy as np
from keras import ops, tree

from cases.operations import EXPRESSIONS, INPUTS
from harness import formula, layer_case, text


def names_in(expression):
    bare = re.sub(r'"[^"]*"', "", expression)
    return [n for n in INPUTS if re.search(rf"(?<![\w.]){n}(?![\w(=])", bare)]


def run(expression):
    keras.utils.clear_session()
    names = names_in(expression)
    given = [layer_case.input_record(n, INPUTS[name]) for n, name in enumerate(names)]
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
        "output_spec": [{"shape": list(t.shape), "dtype": t.dtype} for t in tree.flatten(outputs)],
    }
    arrays = [ops.convert_to_tensor(formula.values(r), dtype=r["dtype"]) for r in given]
    record["outputs"] = layer_case.records(model(arrays))
    return record


def generate(folder, sections):
    records, failures = [], []
    for expression in EXPRESSIONS:
        try:
            records.append(run(expression))
        except Exception as error:
            failures.append(expression)
            print(f"--- {expression}: {type(error).__name__} {str(error)[:200]}")
    assert len({r["id"] for r in records}) == len(records), "an expression is listed twice"
    text.write(folder / "ops.json", "cases", records)
    print(f"ops.json: {len(records)} cases, left out {len(failures)}")
    return 0
