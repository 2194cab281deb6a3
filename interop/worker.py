"""Real Keras behind a pipe: one JSON request on each line of stdin, one JSON answer on each line of stdout.

Requests: {"cmd": "version"}
  {"cmd": "random_model", "seed": N, "dir": PATH}    writes <dir>/random_<seed>.keras and .npz; what Keras itself cannot run,
                                                     read again or run again is answered with "model": null and the "reason"
  {"cmd": "standard_names"}                          the names of the fixed models
  {"cmd": "standard_model", "name": NAME, "dir": PATH}             writes <dir>/<name>.keras and .npz
  {"cmd": "predict", "file": PATH, "inputs": NPZ, "outputs": NPZ}  loads, runs, writes the outputs, and what an
                                                                   optimizer keeps as slot_0, …, answers with the configs
                                                                   of the model and of its training as text
  {"cmd": "run", "file": PATH, "inputs": RECORDS}                  the same for inputs as golden files write them, texts too,
                                                                   answered with the config and such "outputs"
  {"cmd": "feature_space", "seed": N, "dir": PATH}                 writes an adapted FeatureSpace to <dir>/feature_space_<seed>.keras,
                                                                   answers with its "record" as golden files have it
  {"cmd": "encode", "file": PATH, "data": COLUMNS}                 calls a FeatureSpace, answers with config and "outputs"
  {"cmd": "config", "file": PATH}                                  loads, answers with the configs as text
  {"cmd": "from_json", "text": TEXT}                               revives a model, answers with its text again
  {"cmd": "resave", "file": PATH, "to": PATH}                      loads and saves (.keras)
  {"cmd": "save_weights", "file": PATH, "to": PATH}                loads and writes .weights.h5
  {"cmd": "load_weights", "file": PATH, "weights": PATH, "to": PATH}  loads a model, then weights, and saves the model
  {"cmd": "weights", "file": PATH, "to": NPZ}                      writes every weight, and optimizer variable, in order
Every answer has "id" as the request had it, and either "ok": true with results or "error": text.
An .npz holds inputs as input_0, input_1, … in the order of model.inputs and outputs as output_0, …; 2-byte bfloat16
arrays are stored as float32, their names in lines of UTF-8 in the array "bfloat16".
"""

import contextlib
import json
import os
import sys
import traceback
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["JAX_PLATFORMS"] = "cpu"
ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("KERAS_HOME", str(ROOT / ".cache" / "keras-home"))
os.environ.setdefault("JAX_COMPILATION_CACHE_DIR", str(ROOT / ".cache" / "jax"))
os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0")
os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES", "-1")
sys.path[:0] = [str(ROOT / "golden"), str(Path(__file__).resolve().parent)]

import warnings

warnings.simplefilter("ignore")

import keras
import numpy as np
from keras import ops, tree

import random_feature_spaces
import random_models
from cases import custom  # noqa: F401  registers the custom objects
from cases import files as file_cases
from cases import models as model_cases
from harness import fixed, formula, layer_case, model_case
from harness.layer_case import x64_scope

STANDARD = {**model_cases.BUILDERS, **file_cases.BUILDERS}
SKIPPED = (
    "unbuilt", "wrapped", "empty", "optional_input", "python_lambda", "wide_summary", "nested_output_twice", "shared_layers",
)  # fmt: skip


def write_npz(path, arrays):
    """Writes arrays by name; bfloat16 as float32, with the names of such arrays beside."""
    narrow = [n for n, a in arrays.items() if a.dtype.name == "bfloat16"]
    plain = {n: a.astype(np.float32) if n in narrow else a for n, a in arrays.items()}
    if narrow:
        plain["bfloat16"] = np.frombuffer("\n".join(narrow).encode(), np.uint8)
    np.savez(path, **plain)


def read_npz(path):
    with np.load(path, allow_pickle=False) as found:
        return {n: found[n] for n in found.files if n != "bfloat16"}


def call(model, arrays):
    structure = model._inputs_struct if hasattr(model, "_inputs_struct") else getattr(model, "_functional", model)._inputs_struct
    tensors = [ops.convert_to_tensor(a, dtype=t.dtype) for a, t in zip(arrays, model.inputs, strict=True)]
    out = model(tree.pack_sequence_as(structure, tensors), training=False)
    return [ops.convert_to_numpy(t) for t in tree.flatten(out)]


def write_model(model, folder, name, records={}):
    """Saves the model, and formula inputs (or those given by name) with the outputs it gives for them."""
    given = [records.get(t.name, free) for t, free in zip(model.inputs, model_case.input_records(model), strict=True)]
    arrays = [formula.values(r) for r in given]
    outputs = call(model, arrays)
    if not all(np.isfinite(a.astype(np.float64)).all() for a in outputs):
        raise ArithmeticError(f"{name}: an output is not finite")
    with fixed.reproducible_saving():
        model.save(folder / f"{name}.keras")
    named = {f"input_{n}": a for n, a in enumerate(arrays)}
    named.update({f"output_{n}": a for n, a in enumerate(outputs)})
    named.update(slots(model))
    write_npz(folder / f"{name}.npz", named)
    return {"name": name, "file": str(folder / f"{name}.keras"), "tensors": str(folder / f"{name}.npz")}


def slots(model):
    """What the optimizer of a model keeps: one that never trained is built, as loading its file does."""
    if not (model.compiled and model.optimizer):
        return {}
    if not model.optimizer.built:
        model.optimizer.build(model.trainable_variables)
    found = model.optimizer.variables
    return {f"slot_{n}": ops.convert_to_numpy(v) for n, v in enumerate(found)}


def load(path):
    keras.utils.clear_session()
    return keras.saving.load_model(path)


def version(request):
    return {"keras": keras.__version__, "backend": keras.backend.backend(), "numpy": np.__version__}


def write_random_model(request):
    keras.utils.clear_session()
    seed = request["seed"]
    try:
        model, given, rng = random_models.build(seed)
        model_case.set_weights(model)
        random_models.finish(model, rng)
        made = write_model(model, Path(request["dir"]), f"random_{seed}", given)
        arrays = read_npz(made["tensors"])
        if any(random_models.is_rounding(array) for name, array in arrays.items() if name.startswith("output_")):
            raise ArithmeticError("an output is nothing but roundings")  # As the mean of x - flip(x).
        predict({"file": made["file"], "inputs": made["tensors"], "outputs": f"{made['file']}.npz"})
        return {"model": made}
    except Exception as error:  # Keras cannot run or read some of its own graphs: such a seed is passed over.
        return {"model": None, "reason": f"{type(error).__name__}: {str(error)[:300]}"}


def standard_names(request):
    return {"names": [name for name in STANDARD if name not in SKIPPED]}


def write_standard_model(request):
    name = request["name"]
    keras.utils.clear_session()
    keras.utils.set_random_seed(0)
    with x64_scope(name == "float64"):
        model = STANDARD[name]()
        if name not in file_cases.FITTED and not name.endswith("_fit"):
            model_case.set_weights(model)
        return {"model": write_model(model, Path(request["dir"]), name)}


def config_text(model):
    return json.dumps(keras.saving.serialize_keras_object(model.get_config()))


def predict(request):
    inputs = read_npz(request["inputs"])
    arrays = [inputs[f"input_{n}"] for n in range(sum(n.startswith("input_") for n in inputs))]
    with x64_scope(any(a.dtype.name == "float64" for a in arrays)):
        model = load(request["file"])
        outputs = call(model, arrays)
    named = {f"output_{n}": a for n, a in enumerate(outputs)}
    named.update(slots(model))
    write_npz(request["outputs"], named)
    return {
        "shapes": [list(a.shape) for a in outputs],
        "dtypes": [a.dtype.name for a in outputs],
        "config": config_text(model),
        "compiled": compiled_text(model),
    }


def run(request):
    model = load(request["file"])
    return {"outputs": model_case.call(model, request["inputs"]), "config": config_text(model)}


def write_feature_space(request):
    from parts import feature_spaces

    space = random_feature_spaces.build(request["seed"])
    folder = Path(request["dir"])
    return {"record": feature_spaces.record(space, folder), "file": str(folder / f"{space.id}.keras")}


def encode(request):
    from parts import feature_spaces

    space = load(request["file"])
    return {"outputs": feature_spaces.outputs(space(request["data"])), "config": layer_case.config_text(space)}


def compiled_text(model):
    return json.dumps(model.get_compile_config() if model.compiled else None)


def config(request):
    model = load(request["file"])
    return {"config": config_text(model), "compiled": compiled_text(model), "text": model.to_json()}


def from_json(request):
    keras.utils.clear_session()
    return {"text": keras.models.model_from_json(request["text"]).to_json()}


def resave(request):
    model = load(request["file"])
    with fixed.reproducible_saving():
        model.save(request["to"])
    return {}


def save_weights(request):
    load(request["file"]).save_weights(request["to"])
    return {}


def load_weights(request):
    model = load(request["file"])
    model.load_weights(request["weights"])
    with fixed.reproducible_saving():
        model.save(request["to"])
    return {}


def weights(request):
    with x64_scope(request.get("x64", False)):
        model = load(request["file"])
        variables = list(model.weights) + (list(model.optimizer.variables) if model.compiled else [])
        arrays = {f"weight_{n}": ops.convert_to_numpy(v) for n, v in enumerate(variables)}
    write_npz(request["to"], arrays)
    return {"paths": [v.path for v in variables]}


COMMANDS = {
    "version": version,
    "random_model": write_random_model,
    "standard_names": standard_names,
    "standard_model": write_standard_model,
    "predict": predict,
    "run": run,
    "feature_space": write_feature_space,
    "encode": encode,
    "config": config,
    "from_json": from_json,
    "resave": resave,
    "save_weights": save_weights,
    "load_weights": load_weights,
    "weights": weights,
}


def answer(line):
    request = {}
    try:
        request = json.loads(line)
        with contextlib.redirect_stdout(sys.stderr):
            return {"id": request.get("id"), "ok": True, **COMMANDS[request["cmd"]](request)}
    except Exception as error:
        if os.environ.get("CERATOPS_WORKER_TRACE"):
            traceback.print_exc()
        return {"id": request.get("id") if isinstance(request, dict) else None, "error": f"{type(error).__name__}: {error}"}


if __name__ == "__main__":
    for line in sys.stdin:
        if line.strip():
            print(json.dumps(answer(line)), flush=True)
