"""files/<id>.keras as Keras writes them, with <id>.json beside: inputs, outputs and what the weights hold."""

import keras

from cases import files as cases
from harness import built_files, fixed, layer_case, model_case, text


def run(name, build, path):
    keras.utils.clear_session()
    keras.utils.set_random_seed(0)
    with layer_case.x64_scope(name == "float64"), fixed.reproducible_saving():
        model = build()
        record = {"id": name}
        if name in cases.FITTED:
            record["weights"] = [
                {"path": w.path, **text.tensor(keras.ops.convert_to_numpy(w))} for w in model.weights
            ]
        elif model.weights:
            record["weights"] = model_case.set_weights(model)
        path.parent.mkdir(parents=True, exist_ok=True)
        model.save(path)
        if model.built:
            record["inputs"] = model_case.input_records(model)
            record["outputs"] = model_case.call(model, record["inputs"], **cases.CALLS.get(name, {}))
        if model.compiled:
            record["optimizer_variables"] = [
                {"path": v.path, **text.tensor(keras.ops.convert_to_numpy(v))} for v in model.optimizer.variables
            ]
    return record


def generate(folder, sections):
    return built_files.generate(folder / "files", cases.BUILDERS, sections, run)
