"""newer_objects.json: objects that came after objects.json was written, in its form."""

import keras
from keras import dtype_policies, initializers

from harness import text
from harness.layer_case import config_text
from parts.objects import summary_of

D, I = dtype_policies, initializers

OBJECTS = """
D.FloatDTypePolicy("mixed_float16") | D.FloatDTypePolicy("float64") | D.QuantizedDTypePolicy("int4", "float32") | D.QuantizedDTypePolicy("int8", None)
D.Int4DTypePolicy("int4/128", "float32") | D.Int4DTypePolicy("int4/-1", "mixed_bfloat16") | D.get("int4/32_from_float32")
D.GPTQDTypePolicy("gptq/4/128", "float32") | D.GPTQDTypePolicy("gptq/2/-1", source_name="mixed_bfloat16") | D.get("gptq/8/64_from_bfloat16")
D.AWQDTypePolicy("awq/4/128", "float32") | D.AWQDTypePolicy("awq/4/-1", "mixed_bfloat16") | D.get("awq/4/32_from_float32")
D.DTypePolicyMap(default_policy="float32", policy_map={"a/.*": D.get("gptq/4/128_from_float32"), "b": D.get("int4_from_mixed_bfloat16")})
D.DTypePolicyMap(default_policy=D.DTypePolicy("mixed_bfloat16"), policy_map={"(enc|dec)oder/block_[0-9]+/dense": D.QuantizedDTypePolicy("int8", "float32")})
I.STFT() | I.STFT(side="imag", window="hamming") | I.STFT("real", None, "density", True) | I.STFT(window="hann", scaling="spectrum", periodic=True)
"""


def kind(made):
    return "initializer" if isinstance(made, initializers.Initializer) else "dtype_policy"


def record(expression):
    made = eval(expression)
    found = {"kind": kind(made), "id": expression, "config_text": config_text(made)}
    if found["kind"] == "initializer":
        return {**found, "values": [summary_of(made(shape, dtype="float32")) for shape in ((8, 1, 5), (16, 1, 9), (6, 2, 4))]}
    found["name"] = made.name
    if not isinstance(made, D.DTypePolicyMap):
        found["compute_dtype"], found["variable_dtype"] = made.compute_dtype, made.variable_dtype
    return found


def generate(folder, sections):
    keras.utils.clear_session()
    records = []
    for expression in (e.strip() for line in OBJECTS.strip().splitlines() for e in line.split(" | ")):
        try:
            records.append(record(expression))
        except (AttributeError, TypeError, ValueError, IndexError) as error:
            print(f"not in this version: {expression}: {error}")
    text.write(folder / "newer_objects.json", "objects", records)
    print(f"newer_objects.json: {len(records)} objects")
    return 0
