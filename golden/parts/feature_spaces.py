"""feature_spaces/<id>.json: feature spaces, what they learn and what they give; some as .keras files beside."""

import traceback

import keras
import tensorflow as tf
from keras import layers, tree

from cases import feature_spaces as cases
from harness import fixed, layer_case, text

FeatureSpace = keras.utils.FeatureSpace
VERSION = tuple(int(n) for n in keras.__version__.split(".")[:2])


def feature(given):
    if isinstance(given, str):
        return given
    if isinstance(given, dict):
        name, options = given["layer"]
        return FeatureSpace.feature(given["dtype"], getattr(layers, name)(**options), given["output_mode"])
    method, options = given
    return getattr(FeatureSpace, method)(**options)


def crosses(options):
    given = options.get("crosses", [])
    made = [FeatureSpace.cross(**one) if isinstance(one, dict) else one for one in given]
    return {**options, "crosses": made} if given else options


def outputs(encoded):
    """One tensor by no name, or all by theirs."""
    if isinstance(encoded, dict):
        return {name: text.tensor(value.numpy()) for name, value in sorted(encoded.items())}
    return text.tensor(encoded.numpy())


def spec(tensor):
    return {"shape": list(tensor.shape), "dtype": tensor.dtype}


def record(case, folder):
    keras.utils.clear_session()
    space = FeatureSpace({n: feature(f) for n, f in case.features.items()}, **crosses(case.options))
    made = {
        "id": case.id,
        "features": case.features,
        "options": case.options,
        "config_text": layer_case.config_text(space),
    }
    if case.adapt is not None:
        rows = tf.data.Dataset.from_tensor_slices(case.adapt)
        made["adapt"] = case.adapt
        if case.batch:
            made["batch"] = case.batch
        space.adapt(rows.batch(case.batch) if case.batch else rows)
    made["inputs_spec"] = {n: spec(t) for n, t in space.get_inputs().items()}
    made["encoded_spec"] = tree.map_structure(spec, space.get_encoded_features())
    made["adapted_text"] = layer_case.config_text(space)
    made["names"] = [layer.name for layer in space.one_hot_encoders.values()]
    made["data"] = case.data
    made["outputs"] = outputs(space(case.data))
    made["sample"] = case.sample
    made["sample_outputs"] = outputs(space(case.sample))
    if case.file:
        with fixed.reproducible_saving():
            folder.mkdir(parents=True, exist_ok=True)
            space.save(folder / f"{case.id}.keras")
    return made


def generate(folder, sections):
    failures = 0
    for case in cases.SPACES:
        if sections and case.id not in sections:
            continue
        try:
            text.write_one(folder / "feature_spaces" / f"{case.id}.json", record(case, folder / "feature_spaces"))
        except Exception:
            failures += 1
            print(f"--- {case.id}")
            traceback.print_exc(limit=-3)
    return failures
