"""applications/<Name>.json and <Name>.config.json.gz: well-known architectures with formula weights (baseline version only)."""

import gzip

import keras
import numpy as np

from harness import baseline, formula, model_case, text

MODELS = {
    "MobileNetV2": (96, {}),
    "ResNet50": (64, {}),
    "EfficientNetB0": (64, {"scale": 127.5, "offset": 127.5}),
    "DenseNet121": (64, {}),
    "ConvNeXtTiny": (64, {"scale": 127.5, "offset": 127.5}),
}
PROBES = 12


def probe(value):
    flat = value.reshape(-1)
    return {
        "shape": list(value.shape),
        "first": [text.number(x) for x in flat[:4]],
        "mean_abs": text.number(np.float32(np.abs(flat.astype(np.float64)).mean())),
    }


def run(name, size, input_rule, folder):
    keras.utils.clear_session()
    model = getattr(keras.applications, name)(weights=None, input_shape=(size, size, 3), classes=10)
    given = formula.spec(1, "float32", (1, size, size, 3), **input_rule)
    weights = model_case.set_weights(model)
    for record in weights:
        del record["path"], record["trainable"]
    every = max(1, len(model.layers) // PROBES)
    probed = [layer for layer in model.layers if model.layers.index(layer) % every == every - 1]
    watch = keras.Model(model.inputs, [layer.output for layer in probed] + [model.output])
    *inner, out = [keras.ops.convert_to_numpy(t) for t in watch(keras.ops.convert_to_tensor(formula.values(given)))]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.config.json.gz").write_bytes(gzip.compress(model.to_json().encode("ascii"), mtime=0))
    record = {
        "id": name,
        "config_file": f"{name}.config.json.gz",
        "parameters": model.count_params(),
        "inputs": [given],
        "outputs": [text.tensor(out)],
        "probes": {layer.name: probe(value) for layer, value in zip(probed, inner)},
        "weights": weights,
    }
    text.write_one(folder / f"{name}.json", record)
    print(name, model.count_params(), out.ravel().round(4), {n: p["mean_abs"] for n, p in record["probes"].items()})


def generate(folder, sections):
    if baseline.VERSION != baseline.BASELINE:
        return 0
    for name in sections or MODELS:
        size, rule = MODELS[name]
        run(name, size, rule, folder / "applications")
    return 0
