"""objects.json: initializers, regularizers, constraints, dtype policies and activations."""

import json
import traceback

import keras
import numpy as np
from keras import activations, constraints, dtype_policies, initializers, regularizers

from harness import formula, text
from harness.layer_case import config_text, literal

I, R, C, D = initializers, regularizers, constraints, dtype_policies

INITIALIZERS = """
I.Zeros() | I.Ones() | I.Constant() | I.Constant(0.5) | I.Constant(2) | I.Constant(-1e-07) | I.Constant(True)
I.RandomUniform() | I.RandomUniform(seed=1) | I.RandomUniform(minval=-1, maxval=2, seed=42) | I.RandomUniform(0.0, 1.0, seed=7)
I.RandomNormal() | I.RandomNormal(seed=1) | I.RandomNormal(mean=1, stddev=2, seed=3) | I.RandomNormal(0.5, 0.25, seed=2**31 - 1)
I.TruncatedNormal() | I.TruncatedNormal(seed=1) | I.TruncatedNormal(mean=1.0, stddev=0.5, seed=9)
I.VarianceScaling() | I.VarianceScaling(seed=1) | I.VarianceScaling(scale=2, mode="fan_out", distribution="uniform", seed=4)
I.VarianceScaling(scale=0.5, mode="fan_avg", distribution="untruncated_normal", seed=5)
I.VarianceScaling(1.0, "fan_in", "truncated_normal", seed=6)
I.GlorotUniform() | I.GlorotUniform(seed=0) | I.GlorotNormal() | I.GlorotNormal(seed=1)
I.HeUniform() | I.HeUniform(seed=1) | I.HeNormal() | I.HeNormal(seed=1)
I.LecunUniform() | I.LecunUniform(seed=1) | I.LecunNormal() | I.LecunNormal(seed=1)
I.Orthogonal() | I.Orthogonal(seed=1) | I.Orthogonal(gain=2, seed=3) | I.OrthogonalInitializer(gain=0.5, seed=5)
I.Identity() | I.Identity(gain=2) | I.IdentityInitializer(gain=0.5)
I.RandomUniform(seed=keras.random.SeedGenerator(5)) | I.GlorotUniform(seed=keras.random.SeedGenerator(seed=7, name="g"))
"""

REGULARIZERS = """
R.L1() | R.L1(0.1) | R.L1(l1=1) | R.L1(0) | R.L2() | R.L2(0.1) | R.L2(l2=2) | R.L2(1e-05)
R.L1L2() | R.L1L2(l1=0.1) | R.L1L2(l2=0.2) | R.L1L2(l1=1, l2=2) | R.L1L2(0.01, 0.01)
R.OrthogonalRegularizer() | R.OrthogonalRegularizer(factor=0.5, mode="columns") | R.OrthogonalRegularizer(1, "rows")
"""

CONSTRAINTS = """
C.MaxNorm() | C.MaxNorm(max_value=1) | C.MaxNorm(0.5, axis=1) | C.MaxNorm(0.5, axis=[0, 1])
C.NonNeg() | C.UnitNorm() | C.UnitNorm(axis=1) | C.UnitNorm(axis=[0, 1])
C.MinMaxNorm() | C.MinMaxNorm(min_value=0.5, max_value=0.75, rate=0.5, axis=0) | C.MinMaxNorm(1, 2, rate=1, axis=[0, 1])
"""

POLICIES = """
D.DTypePolicy("float32") | D.DTypePolicy("float16") | D.DTypePolicy("bfloat16") | D.DTypePolicy("float64")
D.DTypePolicy("mixed_float16") | D.DTypePolicy("mixed_bfloat16") | D.DTypePolicy("int8") | D.DTypePolicy("int32")
D.DTypePolicy("uint8") | D.DTypePolicy("bool") | D.DTypePolicy("string") | D.DTypePolicy("int64")
D.QuantizedDTypePolicy("int8", "float32") | D.QuantizedDTypePolicy("int8", source_name="mixed_bfloat16")
D.QuantizedFloat8DTypePolicy("float8", "mixed_float16") | D.QuantizedFloat8DTypePolicy("float8", "float32", amax_history_length=512)
D.get("int8_from_float32") | D.get("float8_from_bfloat16") | D.get("mixed_float16")
D.DTypePolicyMap() | D.DTypePolicyMap(default_policy="mixed_float16", policy_map={"layer/dense": D.DTypePolicy("float32"), "encoder/.*": D.QuantizedDTypePolicy("int8", "mixed_bfloat16")})
"""

POINTS = [
    *("-Infinity", -1e30, -100, -20, -3.5, -3, -1, -0.5, -1e-8, -0.0, 0),
    *(1e-8, 0.5, 1, 3, 3.5, 5.9, 6, 20, 50, 88, 100, 1e30, "Infinity", "NaN"),
]
ROWS = [["-Infinity", 0, 1, 2], [1000, 1001, 999, 1000], ["-Infinity", "-Infinity", 0, "-Infinity"], [-1000, -1001, -1e30, -999]]
OVER_ROWS = {"softmax", "log_softmax", "sparsemax", "glu"}


def expressions(table):
    """The expressions of a table, with the objects they make; those this version lacks are left out."""
    for expression in (e.strip() for line in table.strip().splitlines() for e in line.split(" | ")):
        try:
            yield expression, eval(expression)
        except (AttributeError, TypeError) as error:
            print(f"not in this version: {expression}: {error}")


def identifiers(module):
    return sorted(n for n in module.ALL_OBJECTS_DICT if isinstance(n, str))


def by_identifier(kind, module, get):
    """What each string identifier stands for; null where Keras itself cannot make one from its name alone."""
    for name in identifiers(module):
        try:
            made = config_text(get(name))
        except (KeyError, TypeError, NotImplementedError):
            made = None
        yield {"kind": kind, "identifier": name, "config_text": made}


def summary_of(array):
    """The first 8 values and the sum of all in float64."""
    array = keras.ops.convert_to_numpy(array)
    whole = text.tensor(array.reshape(-1)[:8])
    total = np.sum(array.astype(np.float64))
    return {"dtype": whole["dtype"], "shape": list(array.shape), "first": whole["values"], "sum": text.number(total)}


def initializer_values(make):
    shapes = [(3, 4), (4, 3), (7,), (), (2, 3, 4), (3, 3, 2, 8), (40, 50)]
    found = []
    for dtype in ("float32", "float16", "bfloat16"):
        for shape in shapes if dtype == "float32" else shapes[:1]:
            try:
                found.append(summary_of(make()(shape, dtype=dtype)))
            except (ValueError, ZeroDivisionError, TypeError, IndexError, NotImplementedError):
                continue
    return found


def generate(folder, sections):
    keras.utils.clear_session()
    records = []
    for expression, made in expressions(INITIALIZERS):
        record = {"kind": "initializer", "id": expression, "config_text": config_text(made)}
        config = made.get_config()
        if not ("seed" in config and config["seed"] is None):
            record["values"] = initializer_values(lambda: eval(expression))
        records.append(record)
    records += by_identifier("initializer", keras.src.initializers, I.get)

    matrix = formula.spec(1, "float32", (3, 4))
    small = formula.spec(2, "float32", (2, 2, 3))
    for expression, made in expressions(REGULARIZERS):
        record = {"kind": "regularizer", "id": expression, "config_text": config_text(made), "values": []}
        for given in (matrix, small):
            if "Orthogonal" not in expression or given is matrix:
                out = made(keras.ops.convert_to_tensor(formula.values(given)))
                record["values"].append({"input": given, "output": text.tensor(keras.ops.convert_to_numpy(out))})
        records.append(record)
    records += by_identifier("regularizer", keras.src.regularizers, R.get)

    for expression, made in expressions(CONSTRAINTS):
        record = {"kind": "constraint", "id": expression, "config_text": config_text(made), "values": []}
        for given in (matrix, small):
            out = made(keras.ops.convert_to_tensor(formula.values(given)))
            record["values"].append({"input": given, "output": text.tensor(keras.ops.convert_to_numpy(out))})
        records.append(record)
    records += by_identifier("constraint", keras.src.constraints, C.get)

    for expression, made in expressions(POLICIES):
        record = {"kind": "dtype_policy", "id": expression, "config_text": config_text(made), "name": made.name}
        if not isinstance(made, D.DTypePolicyMap):
            record["compute_dtype"], record["variable_dtype"] = made.compute_dtype, made.variable_dtype
        records.append(record)

    wide = formula.spec(1, "float32", (2, 3, 4), scale=4.0)
    for name in identifiers(keras.src.activations):
        function = activations.get(name)
        if isinstance(function, type) or not callable(function) or name == "threshold":
            continue
        points = (
            literal("float32", (4, 4), [v for row in ROWS for v in row])
            if function.__name__ in OVER_ROWS
            else literal("float32", (len(POINTS), 1), POINTS)
        )
        record = {
            "kind": "activation",
            "identifier": name,
            "config_text": json.dumps(activations.serialize(function)),
            "values": [],
        }
        for given in (wide, points, {**wide, "dtype": "float16"}, {**wide, "dtype": "bfloat16"}):
            try:
                out = function(keras.ops.convert_to_tensor(formula.values(given), dtype=given["dtype"]))
                record["values"].append({"input": given, "output": text.tensor(keras.ops.convert_to_numpy(out))})
            except Exception:
                print(f"activation {name} on {given['dtype']}")
                traceback.print_exc(limit=-1)
        records.append(record)
    text.write(folder / "objects.json", "objects", records)
    return 0
