"""applications/<Name>.json and <Name>.config.json.gz: well-known architectures with formula weights (baseline version only).

Pipeline is one behind layers that make pictures of bytes what it takes.
"""

import functools
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
GAINS = {"Pipeline": 1.5}
"""Where kernels are so much larger that what is seen reaches the end of a narrow network."""
PROBES = 12


def probe(value):
    flat = value.reshape(-1)
    return {
        "shape": list(value.shape),
        "first": [text.number(x) for x in flat[:4]],
        "mean_abs": text.number(np.float32(np.abs(flat.astype(np.float64)).mean())),
    }


def network(name):
    """An architecture, and numbers for it."""
    size, rule = MODELS[name]
    model = getattr(keras.applications, name)(weights=None, input_shape=(size, size, 3), classes=10)
    return model, formula.spec(1, "float32", (1, size, size, 3), **rule)


def pictures(height, width):
    """Two pictures of bytes: a dark disc and a bright one, each elsewhere, on colors that run across."""
    y, x = np.mgrid[:height, :width]
    shades = np.stack([255 * x // (width - 1), 255 * y // (height - 1), (5 * x + 3 * y) % 256], axis=-1)
    both = []
    for row, column, color in [(10, 12, (20, 40, 10)), (18, 29, (250, 240, 200))]:
        disc = (y - row) ** 2 + (x - column) ** 2 < 64
        both.append(np.where(disc[..., None], color, shades))
    return np.stack(both).astype("uint8")


def pipeline():
    L = keras.layers
    tail = keras.applications.MobileNetV2(weights=None, input_shape=(32, 32, 3), alpha=0.35, classes=10)
    model = keras.Sequential(
        [
            L.Input((30, 40, 3), dtype="uint8", name="picture"),
            L.Resizing(32, 32, crop_to_aspect_ratio=True),
            L.Rescaling(1 / 127.5, offset=-1),
            L.RandomFlip("horizontal", seed=1),
            tail,
        ],
        name="pipeline",
    )
    return model, text.tensor(pictures(30, 40))


BUILDERS = {name: functools.partial(network, name) for name in MODELS} | {"Pipeline": pipeline}


def run(name, build, folder):
    keras.utils.clear_session()
    model, given = build()
    weights = model_case.set_weights(model, gain=GAINS.get(name, 1.0))
    for record in weights:
        del record["path"], record["trainable"]
    single = [layer for layer in model.layers if not isinstance(layer, keras.Model)]
    every = max(1, len(single) // PROBES)
    probed = single[every - 1 :: every]
    watch = keras.Model(model.inputs, [layer.output for layer in probed] + model.outputs)
    found = watch(keras.ops.convert_to_tensor(formula.values(given)), training=False)
    *inner, out = [keras.ops.convert_to_numpy(t) for t in found]
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
    for name, build in BUILDERS.items():
        if not sections or name in sections:
            run(name, build, folder / "applications")
    return 0
