"""randomness.json: what initializers and layers draw after a seed."""

import json

import keras

from harness import formula, layer_case, text

INITIALIZERS = {
    "RandomNormal": {},
    "RandomUniform": {},
    "TruncatedNormal": {},
    "VarianceScaling": {"scale": 2.0, "mode": "fan_avg", "distribution": "untruncated_normal"},
    "GlorotNormal": {},
    "GlorotUniform": {},
    "HeNormal": {},
    "HeUniform": {},
    "LecunNormal": {},
    "LecunUniform": {},
    "Orthogonal": {"gain": 1.5},
}
SHAPES = ((20, 12), (3, 3, 4, 8))

ROWS = layer_case.f(4, 5, 6)
PICTURES = layer_case.f(2, 5, 6, 3, scale=127.0, offset=128.0)
LAYERS = {
    "Dropout": (ROWS, {"rate": 0.3}),
    "SpatialDropout1D": (ROWS, {"rate": 0.4}),
    "SpatialDropout2D": (PICTURES, {"rate": 0.4}),
    "SpatialDropout3D": (layer_case.f(2, 3, 2, 2, 4), {"rate": 0.4}),
    "GaussianNoise": (ROWS, {"stddev": 0.5}),
    "GaussianDropout": (ROWS, {"rate": 0.3}),
    "AlphaDropout": (ROWS, {"rate": 0.3}),
    "AugMix": (PICTURES, {}),
    "CutMix": (PICTURES, {}),
    "MixUp": (PICTURES, {}),
    "RandAugment": (PICTURES, {}),
    "RandomBrightness": (PICTURES, {"factor": 0.3}),
    "RandomColorDegeneration": (PICTURES, {"factor": 0.5}),
    "RandomColorJitter": (PICTURES, {"brightness_factor": 0.2, "contrast_factor": 0.2, "saturation_factor": 0.3, "hue_factor": 0.1}),
    "RandomContrast": (PICTURES, {"factor": 0.4}),
    "RandomCrop": (PICTURES, {"height": 3, "width": 4}),
    "RandomElasticTransform": (PICTURES, {}),
    "RandomErasing": (PICTURES, {}),
    "RandomFlip": (PICTURES, {}),
    "RandomGaussianBlur": (PICTURES, {}),
    "RandomGrayscale": (PICTURES, {}),
    "RandomHue": (PICTURES, {"factor": 0.3}),
    "RandomInvert": (PICTURES, {"factor": 0.6}),
    "RandomPerspective": (PICTURES, {}),
    "RandomPosterization": (PICTURES, {"factor": 5}),
    "RandomRotation": (PICTURES, {"factor": 0.2}),
    "RandomSaturation": (PICTURES, {"factor": 0.4}),
    "RandomSharpness": (PICTURES, {"factor": 0.4}),
    "RandomShear": (PICTURES, {"x_factor": 0.3, "y_factor": 0.2}),
    "RandomTranslation": (PICTURES, {"height_factor": 0.3, "width_factor": 0.2}),
    "RandomZoom": (PICTURES, {"height_factor": 0.4}),
    "Solarization": (PICTURES, {"addition_factor": 0.3, "threshold_factor": 0.5}),
}
# What stands for the numbers by which Python chooses.
CHOICES = {"AugMix": [0.05, 0.3, 0.95, 0.7, 0.5, 0.45, 0.15, 0.9, 0.4]}
SEEDS = (42, 7)


def envelope(thing):
    return json.dumps(keras.saving.serialize_keras_object(thing))


def initializer(name, options, seed):
    drawn = [getattr(keras.initializers, name)(**options, seed=seed) for _ in SHAPES]
    outputs = [text.tensor(each(shape)) for each, shape in zip(drawn, SHAPES)]
    return {"id": f"initializers.{name} after {seed}", "config_text": envelope(drawn[0]), "outputs": outputs}


def layer(name, given, options, seed):
    made = getattr(keras.layers, name)(**options, seed=seed)
    record = layer_case.input_record(0, given)
    x = keras.ops.convert_to_tensor(formula.values(record))
    config = envelope(made)
    case = layer_case.Case(name, None, choices=CHOICES.get(name))
    outputs = []
    # Twice: the second call goes on where the first one ended.
    for _ in range(2):
        with layer_case.choices_of(case):
            outputs.append(text.tensor(made(x, training=True)))
    choices = {} if case.choices is None else {"choices": case.choices}
    return {"id": f"layers.{name} after {seed}", "config_text": config, "inputs": [record], **choices, "outputs": outputs}


def generate(folder, sections):
    records = [initializer(name, options, seed) for name, options in INITIALIZERS.items() for seed in SEEDS]
    for name, (given, options) in LAYERS.items():
        if not hasattr(keras.layers, name):
            continue
        for seed in SEEDS:
            try:
                records.append(layer(name, given, options, seed))
            except Exception as error:
                print(f"--- {name}: {type(error).__name__} {str(error)[:200]}")
    text.write(folder / "randomness.json", "cases", records)
    print(f"randomness.json: {len(records)} cases")
    return 0
