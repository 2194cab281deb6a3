"""What random models draw from the tables of the golden cases: layers, operations, losses, metrics and optimizers.

What a Keras has and can run, the cases say by their versions, and the golden files by holding them.
"""

import functools
import importlib
import json
from pathlib import Path

import keras
import numpy as np
from keras import losses, metrics, ops

from cases import catalogue_operations, image_operations, layer_files, linalg, operations, optimizers
from harness import layer_case
from parts.losses import arguments
from parts.ops import names_in

GOLDEN = Path(layer_case.__file__).resolve().parent.parent / ".".join(map(str, layer_files.VERSION))
# Dimensions of inputs of cases are those of their tables: these tables have a batch of two.
BATCH = 2
EXPRESSIONS = {
    "ops.json": operations.INPUTS,
    "linalg.json": linalg.INPUTS,
    "image_ops.json": image_operations.INPUTS,
    **{f"ops/{group}.json": catalogue_operations.INPUTS for group in catalogue_operations.EXPRESSIONS},
}


@functools.cache
def recorded(name):
    return json.loads((GOLDEN / name).read_text())["cases"]


@functools.cache
def layer_cases():
    """The cases of layers by family: of each what a model can hold, without those that need TensorFlow."""
    found = {}
    for family in layer_files.FAMILIES:
        cases = [case for table in layer_files.plain_cases(family) for case in table]
        if cases:
            found[family] = cases
    return found


# Where backends need not agree: vectors are right whatever their sign, and so are the places of equal numbers.
UNSETTLED = ("svd(", "eigh(", "eig(", "top_k(n,")


def finite(given):
    return not any(isinstance(value, str) for value in given.get("values", []))


def has_batch(given):
    return len(given["shape"]) > 0 and given["shape"][0] == BATCH and finite(given)


@functools.cache
def expressions():
    """Every expression that this Keras ran, with the inputs that it names: those whose inputs have a batch."""
    found = []
    for name, inputs in EXPRESSIONS.items():
        path = GOLDEN / name
        rows = [(case["id"], inputs) for case in recorded(name)] if path.exists() else []
        found.append([(e, i) for e, i in rows if all(has_batch(i[n]) for n in names_in(e, i))])
    known = [[(e, i) for e, i in group if not any(name in e for name in UNSETTLED)] for group in found]
    return [group for group in known if group]


def draw_layer(rng):
    """A case of a family drawn first, so that large families are not drawn more than small ones."""
    while True:
        case = rng.choice(rng.choice(list(layer_cases().values())))
        # Keras 3.15 forgets a query's mask that is given, not carried: DIFFERENCES.md.
        if "query_mask" not in case.kwargs or layer_files.VERSION < (3, 15):
            return case


def chained(rng, tensor):
    """What a layer of a case of one float input of the tensor's rank gives for the tensor; None where none was found."""
    for _ in range(20):
        case = draw_layer(rng)
        fits = len(case.inputs) == 1 and case.inputs[0]["dtype"] == "float32" and case.args is None
        if fits and len(case.inputs[0]["shape"]) == len(tensor.shape):
            layer = case.make()
            if layer.compute_dtype == "float32":
                made = layer(tensor, **case.kwargs)
                return made if isinstance(made, keras.KerasTensor) else None
    return None


def layer_on_inputs(rng, prefix):
    """A case of a layer on inputs of its own: those inputs, what they are given, and the outputs."""
    case = draw_layer(rng)
    layer = case.make()
    given = {f"{prefix}_{n}": layer_case.input_record(n, g) for n, g in enumerate(case.inputs)}
    given = {name: {**record, "shape": [BATCH, *record["shape"][1:]]} for name, record in given.items()}
    own = symbols(given)
    args = case.args if case.args is not None else [layer_case.X]
    out = layer(*layer_case.substitute(args, own), **layer_case.substitute(case.kwargs, own))
    return own, given, keras.tree.flatten(out)


def expression_on_inputs(rng, prefix):
    """An expression of operations, the same way."""
    expression, inputs = rng.choice(rng.choice(expressions()))
    names = names_in(expression, inputs)
    given = {f"{prefix}_{name}": layer_case.input_record(n, inputs[name]) for n, name in enumerate(names)}
    own = symbols(given)
    made = eval(expression, {"ops": ops, "keras": keras, "np": np}, dict(zip(names, own)))
    return own, given, keras.tree.flatten(made)


def symbols(given):
    return [keras.Input(r["shape"][1:], dtype=r["dtype"], name=name) for name, r in given.items()]


def compile_model(rng, model):
    """Gives a model a loss, metrics and an optimizer whose slots hold numbers."""
    known = [case for case in optimizers.CASES if case.since <= layer_files.VERSION < case.until]
    optimizer = rng.choice(known).make()
    outputs = len(model.outputs)
    per_output = outputs > 1 and isinstance(model.output, list) and rng.random() < 0.5
    model.compile(
        optimizer,
        loss=[loss(rng) for _ in range(outputs)] if per_output else loss(rng),
        loss_weights=[rng.choice([1, 0.5]) for _ in range(outputs)] if per_output and rng.random() < 0.5 else None,
        metrics=[[metric(rng)] for _ in range(outputs)] if per_output else [metric(rng) for _ in range(rng.randint(0, 3))],
        weighted_metrics=[metric(rng)] if not per_output and rng.random() < 0.2 else None,
        jit_compile=rng.choice(["auto", True, False]),
    )
    optimizer.build(model.trainable_variables)
    for n, variable in enumerate(optimizer.variables):
        if keras.backend.standardize_dtype(variable.dtype) == "float32" and len(variable.shape) > 0:
            variable.assign(np.full(variable.shape, 0.25 + n % 7, "float32"))


def loss(rng):
    if rng.random() < 0.2:
        return rng.choice(["mse", "mae", "binary_crossentropy", "huber", "kl_divergence"])
    case = rng.choice([case for case in recorded("losses.json") if case["kind"] == "loss"])
    return getattr(losses, case["name"])(**arguments(case["options"]))


def metric(rng):
    if rng.random() < 0.3:
        return rng.choice(["mse", "mae", "accuracy", "AUC", "cosine_similarity"])
    case = rng.choice([case for case in recorded("metrics.json") if case["kind"] == "metric"])
    return getattr(metrics, case["name"])(**arguments(case["options"]))
