"""signatures.json: the arguments of Keras's functions of arrays, in order, with their defaults."""

import importlib
import inspect

from harness import text

MODULES = "ops ops.image random".split()
KINDS = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}


def parameters_of(function):
    found = []
    for name, parameter in inspect.signature(function).parameters.items():
        record = {"name": KINDS.get(parameter.kind, "") + name}
        if parameter.default is not inspect.Parameter.empty:
            record["default"] = parameter.default
        found.append(record)
    return found


def generate(folder, sections):
    records = []
    for module in MODULES:
        functions = importlib.import_module(f"keras.{module}")
        for name in sorted(dir(functions)):
            function = getattr(functions, name)
            if not name.startswith("_") and callable(function) and not isinstance(function, type):
                records.append({"id": f"{module}.{name}", "parameters": parameters_of(function)})
    text.write(folder / "signatures.json", "functions", records)
    print(f"signatures.json: {len(records)} functions")
    return 0
