"""optimizers.json: ten updates of every optimizer on given gradients. schedules.json: learning rates step by step."""

import traceback
import warnings

import keras
import numpy as np
from keras import ops

from cases.optimizers import CASES, SCHEDULES, STEPS
from harness import formula, text
from harness.layer_case import config_text

SHAPES = {
    "dense/kernel": (3, 2),
    "dense/bias": (2,),
    "conv/kernel": (2, 2, 3),
    "embedding/embeddings": (3, 2),
}
UPDATES = 10
VERSION = tuple(int(n) for n in keras.__version__.split(".")[:2])


def make_variables(case):
    made = []
    for k, (path, shape) in enumerate(SHAPES.items()):
        given = formula.spec(k, case.dtype, shape)
        layer, name = path.split("/")
        with keras.name_scope(layer):
            variable = keras.Variable(formula.values(given), dtype=case.dtype, name=name)
        made.append((variable, {**given, "path": path}))
    if case.constrained:
        made[0][0].constraint = keras.constraints.NonNeg()
    return [v for v, _ in made], [record for _, record in made]


def gradients(case, step):
    """The records of one step's gradients: null where a variable has none, infinite in the steps that the case names."""
    found = []
    for i, shape in enumerate(SHAPES.values()):
        record = formula.spec(100 + step * 10 + i, case.dtype, shape)
        if step in case.infinite and i == 0:
            values = formula.values(record).copy()
            values.reshape(-1)[0] = np.inf
            record = text.tensor(values)
        found.append(None if i in case.without else record)
    return found


def run(case):
    keras.utils.clear_session()
    optimizer = case.make()
    record = {"id": case.id, "config_text": config_text(optimizer)}
    variables, record["trained"] = make_variables(case)
    for key in ("exclude", "without", "infinite", "constrained"):
        if getattr(case, key):
            record[key] = getattr(case, key)
    if case.exclude:
        optimizer.exclude_from_weight_decay(var_names=case.exclude)
    optimizer.build(variables)
    record["variables"] = [
        {"path": v.path, "shape": list(v.shape), "dtype": v.dtype} for v in optimizer.variables
    ]
    record["values"] = []
    for step in range(UPDATES):
        given = [g if g is None else ops.convert_to_tensor(formula.values(g), dtype=case.dtype) for g in gradients(case, step)]
        if case.stateless:
            values, state = optimizer.stateless_apply(
                [v.value for v in optimizer.variables], given, [v.value for v in variables]
            )
            for variable, value in zip(variables, values):
                variable.assign(value)
            for variable, value in zip(optimizer.variables, state):
                variable.assign(value)
        else:
            optimizer.apply(given, variables)
        record["values"].append([text.tensor(ops.convert_to_numpy(v))["values"] for v in variables])
    record["values"].append([text.tensor(ops.convert_to_numpy(v.value))["values"] for v in optimizer.variables])
    if "use_ema" in case.id:
        optimizer.finalize_variable_values(variables)
        record["values"].append([text.tensor(ops.convert_to_numpy(v))["values"] for v in variables])
    record["config_text_after"] = config_text(optimizer)
    return record


def run_schedule(expression, make):
    keras.utils.clear_session()
    schedule = make()
    rates = [text.number(np.asarray(ops.convert_to_numpy(schedule(step)))) for step in STEPS]
    return {"id": expression, "config_text": config_text(schedule), "steps": STEPS, "values": rates}


def generate(folder, sections):
    warnings.simplefilter("ignore")
    failures, records = 0, []
    for case in CASES:
        if not case.since <= VERSION < case.until:
            continue
        try:
            records.append(run(case))
        except Exception:
            failures += 1
            print(f"--- {case.id}")
            traceback.print_exc(limit=-3)
    text.write(folder / "optimizers.json", "optimizers", records)
    schedules = [run_schedule(expression, make) for expression, make in SCHEDULES]
    text.write(folder / "schedules.json", "schedules", schedules)
    print(f"optimizers.json: {len(records)} cases; schedules.json: {len(schedules)}")
    return failures
