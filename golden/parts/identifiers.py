"""identifiers.json: of many strings, which ones the `get` of each module takes, and what they stand for."""

import importlib

from harness import text

MODULES = "activations initializers regularizers constraints losses metrics optimizers quantizers".split()
DTYPES = """
float16 bfloat16 float32 float64 int8 uint8 int16 uint16 int32 uint32 int64 uint64 bool string complex64 float
float8_e4m3fn float8_e5m2 mixed_float16 mixed_bfloat16 mixed_float32 mixed int8_from_float32 int8_from_mixed_bfloat16 int8_from_mixed_float16 int8_from_float16
int8_from_int32 int8 int8_from float8_from_float32 float8_from_mixed_bfloat16 float8 int4_from_float32 int4/32_from_float32
int4/-1_from_mixed_bfloat16 int4/0_from_float32 int4/a_from_float32 gptq/4/128_from_float32 gptq/4_from_float32 gptq/3/-1_from_bfloat16
awq/4/64_from_float32 awq/8/64_from_float32 quantized_int8 FLOAT32 Float32
""".split()


def own(module):
    return [n for n in importlib.import_module(f"keras.src.{module}").ALL_OBJECTS_DICT if isinstance(n, str)]


def strings():
    """Every name of every module, and how else one might write it."""
    names = {n for module in MODULES for n in own(module)}
    more = {other for n in names for other in (n.lower(), n.upper(), n.title(), n.capitalize(), n.replace("_", ""), f"{n} ", f"keras.{n}")}
    return sorted(names | more | {""})


def what(found):
    """The class or function that was found."""
    return getattr(found, "__name__", type(found).__name__)


def accepted(module, names):
    """The strings that are taken, with what each stands for; null where it names what needs arguments, or is a base class."""
    get, taken = importlib.import_module(f"keras.{module}").get, {}
    for name in names:
        try:
            taken[name] = what(get(name))
        except (TypeError, NotImplementedError):
            if name in own(module):
                taken[name] = None
        except (ValueError, KeyError, AttributeError, IndexError):
            pass
    return taken


def policies():
    """What policies compute and keep variables in, by name."""
    from keras import dtype_policies

    taken = {}
    for name in sorted(set(DTYPES)):
        try:
            policy = dtype_policies.get(name)
            taken[name] = [type(policy).__name__, policy.name, policy.compute_dtype, policy.variable_dtype]
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):
            pass
    return taken


def generate(folder, sections):
    names = strings()
    records = [{"id": module, "accepted": accepted(module, names)} for module in MODULES]
    records.append({"id": "dtype_policies", "accepted": policies(), "tried": sorted(set(DTYPES))})
    records.append({"id": "tried", "tried": names})
    text.write(folder / "identifiers.json", "modules", records)
    print(f"identifiers.json: {len(names)} strings")
    return 0
