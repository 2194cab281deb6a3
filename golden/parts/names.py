"""names.json: the public names of Keras's catalogue, by the module they are in."""

import importlib

from harness import text

MODULES = """
layers ops ops.image initializers regularizers constraints activations losses metrics optimizers optimizers.schedules
dtype_policies quantizers random tree utils
""".split()


def names_in(module):
    """The first name of each thing: other names of it, as `glorot_normal` of GlorotNormal, are left out."""
    found = {}
    for name in sorted(dir(module)):
        thing = getattr(module, name)
        if not name.startswith("_") and not any(thing is other for other in found.values()):
            found[name] = thing
    classes = [name for name, thing in found.items() if isinstance(thing, type)]
    functions = [name for name, thing in found.items() if callable(thing) and name not in classes]
    return {"classes": classes, "functions": functions}


def generate(folder, sections):
    records = [{"id": name, **names_in(importlib.import_module(f"keras.{name}"))} for name in MODULES]
    text.write(folder / "names.json", "modules", records)
    print(f"names.json: {len(records)} modules")
    return 0
