"""Writes golden/constructor_keys.json: what constructors of layers and others take, release by release of Keras.

    python3 golden/scripts/constructor_keys.py

Downloads each release with pip, reads its sources and runs none of them. A class stands with the version from which on it
takes its keys, and again where they change; a version that has no such class takes null.
"""

import ast
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

GOLDEN = Path(__file__).parent.parent

RELEASES = (
    "2.9.0 2.10.0 2.11.0 2.12.0 2.13.1 2.14.0 2.15.0 "
    "3.0.5 3.1.1 3.2.1 3.3.3 3.4.1 3.5.0 3.6.0 3.7.0 3.8.0 3.9.2 3.10.0 3.11.3 3.12.0 3.13.0 3.14.0 3.15.1"
).split()

MODULES = (
    "keras.constraints keras.dtype_policies keras.initializers keras.layers keras.quantizers keras.regularizers"
).split()


class Class:
    """A class of a source file: its bases by name, and what its constructor names itself."""

    def __init__(self, module, node):
        self.module = module
        self.bases = [ast.unparse(base).rpartition(".")[2] for base in node.bases]
        self.exports = exports_of(node)
        functions = {item.name: item for item in node.body if isinstance(item, ast.FunctionDef)}
        init = functions.get("__init__")
        self.keys, self.hands_on = set(), init is None
        if init:
            args = init.args
            self.keys = {arg.arg for arg in args.args[1:] + args.kwonlyargs}
            self.hands_on = args.kwarg is not None
        for name, dicts in (("__init__", ("kwargs",)), ("from_config", ("config", "cfg"))):
            if name in functions:
                self.keys |= set(taken_from(functions[name], dicts))


def taken_from(function, dicts):
    """The keys that a function takes out of a dict by itself, or allows there."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in [f"{name}.pop" for name in dicts]:
            if isinstance(node.args[0], ast.Constant):
                yield node.args[0].value
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "allowed_kwargs":
            yield from ast.literal_eval(node.value)


def exports_of(node):
    """The public names that `@keras_export` gives a class."""
    for call in node.decorator_list:
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "keras_export":
            names = [ast.literal_eval(each) for each in call.args or [call.keywords[0].value]]
            return [name for each in names for name in ([each] if isinstance(each, str) else each)]
    return []


def classes_of(wheel):
    found = {}
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if not name.startswith("keras/") or not name.endswith(".py") or name.endswith("_test.py"):
                continue
            module = name[:-3].replace("/", ".")
            for node in ast.parse(archive.read(name)).body:
                if isinstance(node, ast.ClassDef):
                    found.setdefault(node.name, []).append(Class(module, node))
    return found


def keys_of(classes, cls, seen=()):
    keys = set(cls.keys)
    if cls.hands_on:
        for base in cls.bases:
            for each in classes.get(base, []):
                if each not in seen:
                    keys |= keys_of(classes, each, (*seen, cls))
    return keys


def taken_in(wheel):
    classes = classes_of(wheel)
    taken = {}
    for name, found in classes.items():
        for cls in found:
            if cls.module.startswith("keras.src.ops."):
                taken[f"{cls.module}>{name}"] = sorted(keys_of(classes, cls))
            for path in cls.exports:
                module, _, exported = path.rpartition(".")
                module = re.sub(r"\.experimental\b.*", "", module)
                if module in MODULES:
                    taken[f"{module}>{exported}"] = sorted(keys_of(classes, cls))
    return taken


def main():
    by_class, versions = {}, []
    with tempfile.TemporaryDirectory() as folder:
        for release in RELEASES:
            command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--ignore-requires-python"]
            command += [f"keras=={release}", "-d", folder]
            subprocess.run(command, check=True)
            major, minor, _ = release.split(".")
            version = int(major) * 100 + int(minor)
            versions.append(version)
            taken = taken_in(next(Path(folder).glob(f"keras-{release}-*.whl")))
            for name in sorted(by_class.keys() | taken.keys()):
                rows = by_class.setdefault(name, [])
                keys = taken.get(name)
                if (rows[-1][1] if rows else None) != keys:
                    rows.append([version, keys])
    record = {"versions": versions, "classes": dict(sorted(by_class.items()))}
    lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(rows)}" for name, rows in record["classes"].items())
    text = f'{{\n "versions": {json.dumps(versions)},\n "classes": {{\n{lines}\n }}\n}}\n'
    (GOLDEN / "constructor_keys.json").write_text(text)


if __name__ == "__main__":
    main()
