"""unknown/<id>.keras: models of classes that only cases/unknown.py has, with what Keras shows of them in <id>.json."""

import keras
from keras import tree

from cases import unknown as cases
from harness import built_files, fixed
from parts.models import summary


def shapes_of(layer):
    try:
        return tree.map_structure(lambda t: list(t.shape), layer.output)
    except (AttributeError, ValueError):
        return None


def record_of(name, model):
    layers = [
        {"name": l.name, "class_name": type(l).__name__, "output": shapes_of(l), "parameters": l.count_params()}
        for l in model.layers
    ]
    return {"id": name, "parameters": model.count_params(), "layers": layers, "summary": summary(model)}


def run(name, build, path):
    keras.utils.clear_session()
    keras.utils.set_random_seed(0)
    with fixed.reproducible_saving():
        model = build()
        path.parent.mkdir(parents=True, exist_ok=True)
        model.save(path)
    return record_of(name, model)


def generate(folder, sections):
    return built_files.generate(folder / "unknown", cases.BUILDERS, sections, run)
