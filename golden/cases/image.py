"""Layers of images: what is computed always, and what is drawn in training, which a call says that is told nothing."""

from keras import layers as L

from harness import renamed
from harness.layer_case import Case, f, i

renamed.apply()

IMAGES = f(2, 6, 5, 3)
ONE = f(5, 4, 3)
FIRST = f(2, 3, 6, 5)
PIXELS = i(2, 6, 5, 3, low=0, high=256, dtype="uint8")
COLORS = f(2, 6, 5, 3, scale=127.5, offset=127.5)
NOT = {"training": False}


def resizing():
    yield Case("defaults", lambda: L.Resizing(3, 4), [IMAGES])
    yield Case("larger", lambda: L.Resizing(9, 7, interpolation="bicubic", name="r"), [IMAGES])
    yield Case("nearest", lambda: L.Resizing(height=9, width=3, interpolation="nearest"), [PIXELS])
    yield Case("lanczos", lambda: L.Resizing(4, 9, interpolation="lanczos3"), [IMAGES])
    yield Case("integers", lambda: L.Resizing(4, 8), [PIXELS])
    yield Case("cropped", lambda: L.Resizing(4, 8, crop_to_aspect_ratio=True), [IMAGES])
    yield Case("padded", lambda: L.Resizing(4, 8, pad_to_aspect_ratio=True, fill_value=0.5), [IMAGES])
    yield Case("padded_integers", lambda: L.Resizing(8, 4, pad_to_aspect_ratio=True, fill_value=3.5), [PIXELS])
    yield Case("channels_first", lambda: L.Resizing(3, 7, data_format="channels_first"), [FIRST])
    yield Case("one", lambda: L.Resizing(5, 6), [ONE], batch=5)
    yield Case("half", lambda: L.Resizing(3, 4, dtype="mixed_float16"), [IMAGES])
    yield Case("antialias", lambda: L.Resizing(2, 3, antialias=True), [IMAGES], since=(3, 9))
    yield Case("antialias_cubic", lambda: L.Resizing(3, 2, "bicubic", antialias=True), [IMAGES], since=(3, 9))


def flip():
    yield Case("defaults", lambda: L.RandomFlip(seed=3), [IMAGES])
    yield Case("horizontal", lambda: L.RandomFlip("horizontal", seed=7), [f(6, 3, 3, 1)])
    yield Case("vertical", lambda: L.RandomFlip(mode="vertical", seed=1, name="v"), [PIXELS])
    yield Case("channels_first", lambda: L.RandomFlip("horizontal", seed=2, data_format="channels_first"), [FIRST])
    yield Case("one", lambda: L.RandomFlip("vertical", seed=6), [ONE], batch=5)
    yield Case("passes_on", lambda: L.RandomFlip(seed=3), [PIXELS], kwargs=NOT)
    yield Case("config", lambda: L.RandomFlip())
    yield Case("half", lambda: L.RandomFlip(seed=3, dtype="float16"), [IMAGES])


def rotation():
    yield Case("defaults", lambda: L.RandomRotation(0.2, seed=1), [IMAGES])
    yield Case("constant", lambda: L.RandomRotation((0.1, 0.4), fill_mode="constant", fill_value=0.5, seed=2), [IMAGES])
    yield Case("nearest", lambda: L.RandomRotation(0.3, interpolation="nearest", fill_mode="nearest", seed=3), [PIXELS])
    yield Case("wrap", lambda: L.RandomRotation([-0.5, -0.1], fill_mode="wrap", seed=4, name="w"), [IMAGES])
    yield Case("one", lambda: L.RandomRotation(0.25, seed=5), [ONE], batch=5)
    yield Case("channels_first", lambda: L.RandomRotation(0.1, seed=6, data_format="channels_first"), [f(3, 3, 6, 5)])
    yield Case("passes_on", lambda: L.RandomRotation(0.2, seed=1), [PIXELS], kwargs=NOT)
    yield Case("half", lambda: L.RandomRotation(0.2, seed=1, dtype="mixed_float16"), [IMAGES])
    yield Case("boxes", lambda: L.RandomRotation(0.2, bounding_box_format="xyxy", seed=1))


def crops():
    yield Case("center", lambda: L.CenterCrop(3, 2), [IMAGES])
    yield Case("center_larger", lambda: L.CenterCrop(8, 4, name="c"), [PIXELS])
    yield Case("center_first", lambda: L.CenterCrop(4, 4, data_format="channels_first"), [FIRST])
    yield Case("center_one", lambda: L.CenterCrop(5, 3), [ONE], batch=5)
    yield Case("random", lambda: L.RandomCrop(3, 4, seed=1), [IMAGES])
    yield Case("random_first", lambda: L.RandomCrop(2, 3, seed=5, data_format="channels_first"), [FIRST])
    yield Case("random_larger", lambda: L.RandomCrop(7, 4, seed=2, name="c"), [PIXELS])
    yield Case("random_one", lambda: L.RandomCrop(5, 3, seed=3), [ONE], batch=5)
    yield Case("middle", lambda: L.RandomCrop(3, 4, seed=1), [IMAGES], kwargs=NOT, until=(3, 6))
    yield Case("middle_larger", lambda: L.RandomCrop(4, 8, seed=1), [IMAGES], kwargs=NOT, until=(3, 6))


def zoom():
    yield Case("defaults", lambda: L.RandomZoom(0.3, seed=1), [IMAGES])
    yield Case("both", lambda: L.RandomZoom((-0.3, -0.1), (0.1, 0.4), fill_mode="constant", fill_value=0.5, seed=2), [IMAGES])
    yield Case("nearest", lambda: L.RandomZoom([0.2, 0.5], fill_mode="nearest", interpolation="nearest", seed=3), [PIXELS])
    yield Case("wrap", lambda: L.RandomZoom(0.4, 0.2, fill_mode="wrap", seed=4, name="z"), [IMAGES])
    yield Case("one", lambda: L.RandomZoom(0.5, seed=5), [ONE], batch=5)
    yield Case("channels_first", lambda: L.RandomZoom(0.2, seed=6, data_format="channels_first"), [FIRST])
    yield Case("passes_on", lambda: L.RandomZoom(0.2, seed=1), [PIXELS], kwargs=NOT)


def translation():
    yield Case("defaults", lambda: L.RandomTranslation(0.3, 0.2, seed=1), [IMAGES])
    yield Case("both", lambda: L.RandomTranslation((-0.3, 0.1), [0.1, 0.4], "constant", fill_value=0.5, seed=2), [IMAGES])
    yield Case("nearest", lambda: L.RandomTranslation(0.5, 0.5, "nearest", "nearest", seed=3), [PIXELS])
    yield Case("wrap", lambda: L.RandomTranslation(0.4, 0.2, fill_mode="wrap", seed=4, name="t"), [IMAGES])
    yield Case("one", lambda: L.RandomTranslation(0.5, 0.1, seed=5), [ONE], batch=5)
    yield Case("channels_first", lambda: L.RandomTranslation(0.2, 0.3, seed=6, data_format="channels_first"), [FIRST])
    yield Case("passes_on", lambda: L.RandomTranslation(0.2, 0.2, seed=1), [PIXELS], kwargs=NOT)


def brightness():
    yield Case("defaults", lambda: L.RandomBrightness(0.4, seed=1), [COLORS])
    yield Case("range", lambda: L.RandomBrightness([0.2, 0.7], value_range=(-0.5, 0.5), seed=2, name="b"), [IMAGES])
    yield Case("one", lambda: L.RandomBrightness((-0.5, 0.1), seed=5), [ONE], batch=5)
    yield Case("half", lambda: L.RandomBrightness(0.4, (0, 1), seed=1, dtype="mixed_float16"), [IMAGES])
    yield Case("passes_on", lambda: L.RandomBrightness(0.2, seed=1), [PIXELS], kwargs=NOT)


def contrast():
    yield Case("defaults", lambda: L.RandomContrast(0.4, seed=1), [COLORS])
    yield Case("both", lambda: L.RandomContrast([0.2, 0.7], seed=2, name="b"), [COLORS])
    yield Case("one", lambda: L.RandomContrast((0.5, 0.6), seed=5), [ONE], batch=5)
    yield Case("half", lambda: L.RandomContrast(0.4, seed=1, dtype="mixed_float16"), [IMAGES])
    yield Case("integers", lambda: L.RandomContrast(0.4, seed=1), [PIXELS])
    yield Case("passes_on", lambda: L.RandomContrast(0.2, seed=1), [PIXELS], kwargs=NOT)
    yield Case("range", lambda: L.RandomContrast(0.9, value_range=(-0.5, 0.5), seed=2), [IMAGES], since=(3, 8))


def solarization():
    yield Case("defaults", lambda: L.Solarization(seed=1), [COLORS])
    yield Case("both", lambda: L.Solarization(0.2, (0.3, 0.7), seed=2, name="s"), [COLORS])
    yield Case("range", lambda: L.Solarization([0.1, 0.4], 0.6, value_range=(-1, 1), seed=3), [IMAGES])
    yield Case("one", lambda: L.Solarization(0.5, 0.6, seed=5), [ONE], batch=5)
    yield Case("passes_on", lambda: L.Solarization(0.2, seed=1), [PIXELS], kwargs=NOT)


def auto_contrast():
    yield Case("defaults", lambda: L.AutoContrast(), [COLORS])
    yield Case("range", lambda: L.AutoContrast(value_range=(-1, 1), name="a"), [IMAGES])
    yield Case("integers", lambda: L.AutoContrast(), [PIXELS])
    yield Case("one", lambda: L.AutoContrast(value_range=[0, 1]), [ONE], batch=5)


N8, N9 = {"since": (3, 8)}, {"since": (3, 9)}
UNIT = f(2, 6, 5, 3, scale=0.5, offset=0.5)


def newer(name, options, given, since, **call):
    """What every newer layer is tried with: its defaults, one image, channels first, inference."""
    make = getattr(L, name, None)
    yield Case("defaults", lambda: make(seed=1, **options), [given], **since, **call)
    yield Case("other", lambda: make(seed=8, name="other", **options), [given], **since, **call)
    yield Case("one", lambda: make(seed=5, **options), [f(5, 4, 3, scale=0.5, offset=0.5)], batch=5, **since, **call)
    yield Case("passes_on", lambda: make(seed=1, **options), [given], kwargs=NOT, **since)


def first(name, options, since):
    make = getattr(L, name, None)
    yield Case("channels_first", lambda: make(seed=3, data_format="channels_first", **options), [FIRST], **since)


def colors():
    yield from named("hue", newer("RandomHue", {"factor": 0.4, "value_range": (0, 1)}, UNIT, N8))
    yield Case("hue_bytes", lambda: L.RandomHue([0.2, 0.9], seed=4), [COLORS], **N8)
    yield from named("saturation", newer("RandomSaturation", {"factor": [0.2, 0.7], "value_range": (0, 1)}, UNIT, N8))
    yield Case("gray_config", lambda: L.RandomGrayscale(seed=3), **N8)
    # A static batch keeps it out of the file: it gives its symbolic input back, which Keras 3.10 does not read again.
    yield Case("gray_all", lambda: L.RandomGrayscale(1.0), [UNIT], batch=2, **N8)
    yield Case("gray_none", lambda: L.RandomGrayscale(0.0, name="g"), [UNIT], batch=2, **N8)
    yield Case("gray_first", lambda: L.RandomGrayscale(1.0, data_format="channels_first"), [FIRST], batch=2, **N8)
    yield Case("gray_passes_on", lambda: L.RandomGrayscale(0.5), [PIXELS], kwargs=NOT, batch=2, **N8)
    yield from named("color", newer("RandomColorDegeneration", {"factor": 0.6}, COLORS, N8))
    yield from named("color", first("RandomColorDegeneration", {"factor": (0.2, 0.9), "value_range": (-0.5, 0.5)}, N8))
    yield from named("invert", newer("RandomInvert", {}, COLORS, N9))
    yield from named("invert", first("RandomInvert", {"factor": (0.2, 0.9), "value_range": (-1, 1)}, N9))


def shapes():
    yield from named("sharp", newer("RandomSharpness", {"factor": 0.9}, COLORS, N8))
    yield from named("sharp", first("RandomSharpness", {"factor": (0.2, 0.9), "value_range": (-1, 1)}, N8))
    # Keras does not read its own config of one number again.
    yield Case("shear_number", lambda: L.RandomShear(0.4, 0.2, seed=1), **N8)
    yield from named("shear", newer("RandomShear", {"x_factor": (0.1, 0.4), "y_factor": (0.05, 0.2)}, UNIT, N8))
    yield from named("shear", first("RandomShear", {"x_factor": (0.1, 0.3), "fill_mode": "constant"}, N8))
    yield from named("blur", newer("RandomGaussianBlur", {}, COLORS, N9))
    yield from named("blur", first("RandomGaussianBlur", {"kernel_size": (5, 3), "sigma": (0.4, 0.9), "value_range": (-1, 1)}, N9))
    yield from named("erase", newer("RandomErasing", {}, COLORS, N9))
    yield from named("erase", first("RandomErasing", {"scale": (0.2, 0.4), "fill_value": 0.25, "value_range": (-1, 1)}, N9))
    yield from named("perspective", newer("RandomPerspective", {"scale": 0.4}, UNIT, N9))
    yield from named("perspective", first("RandomPerspective", {"scale": 0.3, "factor": (0.5, 0.9), "fill_value": 0.5}, N9))


def named(name, cases):
    for case in cases:
        case.id = f"{name}_{case.id}"
        yield case


CASES = [
    resizing, flip, rotation, crops, zoom, translation, brightness, contrast, solarization, auto_contrast, colors, shapes,
]  # fmt: skip
