"""Layers of images that Keras has since 3.8: those that change values, and those that choose among others."""

from keras import layers as L

from harness import renamed
from harness.layer_case import Case, f, i

renamed.apply()

N8, N9 = {"since": (3, 8)}, {"since": (3, 9)}
NEWEST = {"since": (3, 15)}
UNIT = f(2, 6, 5, 3, scale=0.5, offset=0.5)
COLORS = f(2, 6, 5, 3, scale=127.5, offset=127.5)
PIXELS = i(2, 6, 5, 3, low=0, high=256, dtype="uint8")
FIRST = f(2, 3, 6, 5, scale=0.5, offset=0.5)
ONE = f(5, 4, 3, scale=0.5, offset=0.5)
NOT = {"training": False}
WIDE = f(2, 18, 21, 2, scale=127.5, offset=127.5)


def posterization():
    def make(*args, **options):
        return lambda: L.RandomPosterization(*args, **options)

    yield Case("defaults", make(4, seed=1), [COLORS], **N8)
    yield Case("both", make((2, 6), seed=2, name="p"), [COLORS], **N8)
    yield Case("fixed", make([3, 3]), [PIXELS], **N8)
    yield Case("range", make(5, value_range=(0, 1), seed=4), [UNIT], **N8)
    yield Case("one", make(5, value_range=(0, 1), seed=5), [ONE], batch=5, **N8)
    yield Case("channels_first", make(7, value_range=(0, 1), seed=6, data_format="channels_first"), [FIRST], **N8)
    yield Case("passes_on", make(4, seed=1), [PIXELS], kwargs=NOT, **N8)


def jitter():
    def make(**options):
        return lambda: L.RandomColorJitter(**options)

    unit = {"value_range": (0, 1)}
    yield Case("defaults", make(seed=1, brightness_factor=0.4, contrast_factor=0.3), [COLORS], **N8)
    yield Case("all", make(seed=2, brightness_factor=0.2, contrast_factor=(0.1, 0.3), saturation_factor=1, hue_factor=[0.1, 0.2], **unit), [UNIT], **N8)
    yield Case("some", make(seed=3, saturation_factor=(0.3, 0.8), hue_factor=0.5, name="j", **unit), [UNIT], **N8)
    yield Case("none", make(seed=3), [PIXELS], **N8)
    yield Case("one", make(seed=4, brightness_factor=0.5, hue_factor=0.5, **unit), [ONE], batch=5, **N8)
    yield Case("channels_first", make(seed=4, brightness_factor=0.5, contrast_factor=0.5, data_format="channels_first", **unit), [FIRST], **N8)
    yield Case("passes_on", make(seed=1, brightness_factor=0.4), [PIXELS], kwargs=NOT, **N8)


def equalization():
    def make(**options):
        return lambda: L.Equalization(**options)

    yield Case("defaults", make(), [COLORS], **N8)
    yield Case("integers", make(name="e"), [PIXELS], **N8)
    yield Case("range", make(value_range=[-1, 1], bins=16), [f(2, 6, 5, 3)], **N8)
    yield Case("few", make(bins=4), [i(2, 6, 5, 1, low=0, high=40, dtype="uint8")], **N8)
    yield Case("even", make(), [i(2, 3, 4, 2, low=7, high=8, dtype="uint8")], **N8)
    yield Case("one", make(value_range=(0, 1)), [ONE], batch=5, **N8)
    yield Case("channels_first", make(value_range=(0, 1), data_format="channels_first"), [FIRST], **N8)
    yield Case("passes_on", make(), [PIXELS], kwargs=NOT, **N8)


def clahe():
    def make(*args, **options):
        return lambda: L.ContrastLimitedAdaptiveHistogramEqualization(*args, **options)

    yield Case("defaults", make(), [WIDE], **NEWEST)
    yield Case("tiles", make(tile_grid_size=(2, 3), clip_limit=1.5, name="c"), [WIDE], **NEWEST)
    yield Case("integers", make(tile_grid_size=(3, 2)), [i(2, 9, 12, 3, low=0, high=256, dtype="uint8")], **NEWEST)
    yield Case("unlimited", make(clip_limit=0, tile_grid_size=(2, 2), value_range=(0, 1)), [UNIT], **NEWEST)
    yield Case("one", make((0, 1), 2, (2, 2)), [ONE], batch=5, **NEWEST)
    yield Case("channels_first", make([0, 1], 2.0, [2, 2], "channels_first"), [FIRST], **NEWEST)
    yield Case("passes_on", make(tile_grid_size=(2, 2)), [COLORS], **NEWEST)


def boxes():
    yield Case("defaults", lambda: L.MaxNumBoundingBoxes(3, fill_value=-2), [UNIT], batch=2, **N8)
    yield Case("config", lambda: L.MaxNumBoundingBoxes(10, bounding_box_format="xyxy", name="m"), **N8)


def augment():
    def make(*args, **options):
        return lambda: L.RandAugment(*args, **options)

    # Each is a large program: few of them, which choose different layers.
    yield Case("defaults", make(seed=1, name="rand_augment"), [COLORS], **N9)
    yield Case("range", make((0, 1), 3, (0.1, 0.7), "nearest", seed=2, name="r"), [UNIT], **N9)
    yield Case("one", make((0, 1), seed=3), [ONE], batch=5, **N9)
    yield Case("channels_first", make((0, 1), 1, seed=5, data_format="channels_first"), [FIRST], **N9)
    yield Case("passes_on", make(seed=1), [COLORS], kwargs=NOT, **N9)
    yield Case("config", make(factor=0.4), **N9)


def elastic():
    def make(*args, **options):
        return lambda: L.RandomElasticTransform(*args, **options)

    unit = {"value_range": (0, 1)}
    high = f(2, 12, 10, 2, scale=0.5, offset=0.5)
    yield Case("defaults", make(seed=1), [WIDE], **N9)
    yield Case("both", make((0.5, 0.9), (0.6, 0.9), seed=2, name="e", **unit), [high], **N9)
    yield Case("constant", make(1.0, (0.5, 0.8), "nearest", "constant", 0.25, seed=3, **unit), [high], **N9)
    yield Case("wrap", make(0.9, 0.8, fill_mode="wrap", seed=4, **unit), [high], **N9)
    yield Case("mirror", make(0.9, (0.3, 1.0), fill_mode="mirror", seed=5, **unit), [high], **N9)
    yield Case("channels_first", make(seed=6, data_format="channels_first", **unit), [f(3, 2, 9, 11, scale=0.5, offset=0.5)], **N9)
    yield Case("passes_on", make(seed=1), [PIXELS], kwargs=NOT, **N9)
    yield Case("nothing", make(scale=0.0), [UNIT], **N9)


CASES = [elastic, posterization, jitter, equalization, clahe, boxes, augment]
