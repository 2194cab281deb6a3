"""Layers of images that mix them: with each other, and with what other layers make of them."""

from keras import layers as L

from harness import renamed
from harness.layer_case import Case, f, i

renamed.apply()

NEWEST = {"since": (3, 15)}
UNIT = f(4, 6, 5, 3, scale=0.5, offset=0.5)
COLORS = f(3, 6, 5, 3, scale=127.5, offset=127.5)
PIXELS = i(3, 6, 5, 3, low=0, high=256, dtype="uint8")
FIRST = f(3, 3, 6, 5, scale=0.5, offset=0.5)
ONE = f(5, 4, 3, scale=0.5, offset=0.5)
NOT = {"training": False}

FEW = ["shear", "translation", "rotation", "posterization", "solarization", "auto_contrast", "equalization"]
ALL = FEW + ["brightness", "color_degeneration", "contrast", "sharpness"]


def picks(names, among=ALL):
    """Numbers that make a layer choose these; a dash is none."""
    options = [*among, "-"]
    return [(options.index(name) + 0.5) / len(options) for name in names.split()]


def mix_up():
    def make(**options):
        return lambda: L.MixUp(**options)

    yield Case("defaults", make(seed=1), [COLORS], **NEWEST)
    yield Case("alpha", make(alpha=1.5, seed=2, name="m"), [UNIT], **NEWEST)
    yield Case("integer_alpha", make(alpha=1, seed=3), [UNIT], **NEWEST)
    yield Case("pixels", make(seed=4), [PIXELS], **NEWEST)
    yield Case("one", make(seed=5), [ONE], batch=5, **NEWEST)
    yield Case("channels_first", make(alpha=0.6, seed=6, data_format="channels_first"), [FIRST], **NEWEST)
    yield Case("float16", make(alpha=0.6, seed=7, dtype="float16"), [UNIT], **NEWEST)
    yield Case("passes_on", make(seed=1), [PIXELS], kwargs=NOT, **NEWEST)
    yield Case("many", make(alpha=0.9, seed=8), [f(1700, 1, 1, 1)], **NEWEST)


def cut_mix():
    def make(*args, **options):
        return lambda: L.CutMix(*args, **options)

    yield Case("defaults", make(seed=1), [COLORS], **NEWEST)
    yield Case("factor", make(0.5, seed=2, name="c"), [UNIT], **NEWEST)
    yield Case("both", make((0.3, 0.9), seed=3), [UNIT], **NEWEST)
    yield Case("pixels", make([0.2, 0.2], seed=4), [PIXELS], **NEWEST)
    yield Case("one", make(seed=5), [ONE], batch=5, **NEWEST)
    yield Case("channels_first", make(seed=6, data_format="channels_first"), [FIRST], **NEWEST)
    yield Case("float16", make(seed=7, dtype="float16"), [UNIT], **NEWEST)
    yield Case("passes_on", make(seed=1), [PIXELS], kwargs=NOT, **NEWEST)


def aug_mix():
    def make(*args, **options):
        return lambda: L.AugMix(*args, **options)

    chosen = picks("shear auto_contrast - rotation solarization contrast brightness equalization posterization")
    yield Case("defaults", make(seed=1, name="aug_mix"), [COLORS], choices=chosen, **NEWEST)
    chosen = picks("translation sharpness color_degeneration -")
    yield Case("range", make((0, 1), 2, 2, (0.1, 0.7), 0.4, True, "nearest", seed=2, name="a"), [UNIT], choices=chosen, **NEWEST)
    chosen = picks("equalization rotation posterization shear", FEW)
    few = make([0, 1], 2, 2, all_ops=False, seed=3, data_format="channels_first")
    yield Case("channels_first", few, [FIRST], choices=chosen, **NEWEST)
    yield Case("one", make((0, 1), 1, 2, alpha=2, seed=4), [ONE], batch=5, choices=picks("rotation contrast"), **NEWEST)
    yield Case("pixels", make(num_chains=2, chain_depth=1, seed=5), [PIXELS], choices=picks("translation solarization"), **NEWEST)
    yield Case("no_change", make(chain_depth=0, seed=6), [COLORS], **NEWEST)
    yield Case("passes_on", make(seed=1), [PIXELS], kwargs=NOT, **NEWEST)
    yield Case("config", make(factor=0.4, value_range=(-1, 1)), **NEWEST)


CASES = [mix_up, cut_mix, aug_mix]
