"""models/<id>.h5 and .json: which whole models there are."""

import importlib
from dataclasses import dataclass

FAMILIES = ["sequential", "graphs", "operations", "layers", "recurrent", "preparing", "trained"]


@dataclass
class Model:
    build: object
    steps: int = 0
    """How many steps it is trained."""
    calls: bool = True
    """Whether its outputs are the same in every run."""


def all_models():
    found = {}
    for family in FAMILIES:
        for name, model in importlib.import_module(f"keras2.models_{family}").MODELS.items():
            assert name not in found, f"{name} is used twice"
            found[name] = model if isinstance(model, Model) else Model(model)
    return found
