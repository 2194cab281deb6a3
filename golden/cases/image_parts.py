"""Layers of images, on dicts of images and what belongs to them: labels, boxes in every format, masks."""

from keras import layers as L

from harness import renamed
from harness.layer_case import W, X, Y, Z, Case, Ref, f, i, literal

renamed.apply()

NEWEST = (3, 15)
IMAGES = f(2, 6, 5, 3, scale=0.5, offset=0.5)
COLORS = f(2, 6, 5, 3, scale=127.5, offset=127.5)
FIRST = f(2, 3, 6, 5, scale=0.5, offset=0.5)
ONE = f(5, 6, 3, scale=0.5, offset=0.5)
LABELS = f(2, 4, scale=0.5, offset=0.5)
MASKS = i(2, 6, 5, 1, high=4, dtype="int32")
FIRST_MASKS = i(2, 1, 6, 5, high=4, dtype="int32")
ONE_MASK = i(5, 6, 1, high=4, dtype="int32")
ABOUT = {"images": X, "labels": Y, "bounding_boxes": {"boxes": Z, "labels": W}, "segmentation_masks": Ref(4)}
NOT = {"training": False}

PIXELS = [0.5, 1, 3, 4, 2, 0, 4.5, 5.5, 1, 1, 1.5, 2, 0, 0, 5, 6, -1, 2, 9, 3, 0, 0, 0, 0]
SIZES = [0.5, 1, 2, 4, 2, 0, 2.5, 5.5, 1, 1, 1.5, 2, 0, 0, 5, 6, -1, 2, 9, 3, 0, 0, 0, 0]
CENTERS = [1.5, 2, 2, 3, 3, 3, 2.5, 5.5, 1, 1, 1.5, 2, 2.5, 3, 5, 6, -1, 2, 9, 3, 0, 0, 0, 0]
NUMBERS = {"xyxy": PIXELS, "yxyx": PIXELS, "xywh": SIZES, "center_xywh": CENTERS, "center_yxhw": CENTERS}
HOLDS = literal("int32", (2, 3), [1, 2, 3, 4, 5, 6])


def boxes(form):
    if form.startswith("rel_"):
        return literal("float32", (2, 3, 4), [n / 6 for n in NUMBERS[form[4:]]])
    return literal("float32", (2, 3, 4), NUMBERS[form])


# Keras works out shapes of these for images alone.
EAGER = (L.RandomCrop, L.CenterCrop, L.Resizing, L.RandomColorDegeneration)


def case(id, make, form="xyxy", images=IMAGES, masks=MASKS, **given):
    inputs = [images, LABELS, boxes(form), HOLDS, masks]
    symbolic = not isinstance(make(), EAGER)
    return Case(id, lambda: make(bounding_box_format=form), inputs, args=[ABOUT], since=NEWEST, symbolic=symbolic, **given)


def one(id, make, form="xyxy"):
    inputs = [ONE, f(4), literal("float32", (3, 4), NUMBERS[form][:12]), literal("int32", (3,), [1, 2, 3]), ONE_MASK]
    return Case(id, lambda: make(bounding_box_format=form), inputs, args=[ABOUT], since=NEWEST, symbolic=False)


def without(id, make, images=IMAGES, masks=MASKS, **given):
    """Of what takes no boxes."""
    about = {"images": X, "labels": Y, "segmentation_masks": Z, "other": W}
    return Case(id, make, [images, LABELS, masks, f(2, 3)], args=[about], since=NEWEST, **given)


def all_ways(cls, options):
    """What every layer that moves things is tried with."""

    def make(**more):
        return lambda **rest: cls(**options, **more, **rest)

    seeded = {} if cls in (L.CenterCrop, L.Resizing) else {"seed": 1}
    yield case("parts", make(**seeded))
    yield case("parts_yxyx", make(**seeded), "yxyx")
    yield case("parts_rel_xywh", make(**seeded), "rel_xywh")
    yield case("parts_center_yxhw", make(**seeded), "center_yxhw")
    yield case("parts_first", make(data_format="channels_first", **seeded), "rel_xyxy", FIRST, FIRST_MASKS)
    # Outside of training one that is made here crops as that of Keras 3.6.
    if cls is not L.RandomCrop:
        yield case("parts_pass_on", make(**seeded), kwargs=NOT)
    yield one("parts_one", make(**seeded))


def flips():
    for form in ["xywh", "center_xywh", "rel_yxyx", "rel_center_xywh"]:
        yield case(f"parts_{form}", lambda **rest: L.RandomFlip("horizontal", seed=3, **rest), form)
    yield case("parts_vertical", lambda **rest: L.RandomFlip("vertical", seed=2, **rest), "rel_xyxy")
    yield from all_ways(L.RandomFlip, {})


def moves():
    yield from all_ways(L.RandomRotation, {"factor": 0.1})
    yield from all_ways(L.RandomTranslation, {"height_factor": 0.3, "width_factor": (-0.2, 0.1)})
    yield from all_ways(L.RandomZoom, {"height_factor": 0.3, "width_factor": (-0.3, 0.3), "fill_mode": "nearest"})
    yield from all_ways(L.RandomShear, {"x_factor": (0.1, 0.4), "y_factor": (0.05, 0.3)})
    yield from all_ways(L.RandomPerspective, {"scale": 0.4})
    yield case("parts_some", lambda **rest: L.RandomPerspective((0.2, 0.6), 0.3, seed=4, **rest))


def crops():
    yield from all_ways(L.RandomCrop, {"height": 4, "width": 3})
    yield case("parts_larger", lambda **rest: L.RandomCrop(7, 4, seed=1, **rest), "rel_yxyx")
    yield from all_ways(L.CenterCrop, {"height": 4, "width": 3})
    yield case("parts_larger", lambda **rest: L.CenterCrop(7, 4, **rest), "rel_yxyx")
    yield from all_ways(L.Resizing, {"height": 4, "width": 9})
    yield case("parts_padded", lambda **rest: L.Resizing(4, 9, pad_to_aspect_ratio=True, **rest), "xywh")
    yield case("parts_cropped", lambda **rest: L.Resizing(4, 9, crop_to_aspect_ratio=True, **rest))
    yield case("parts_cropped_high", lambda **rest: L.Resizing(9, 4, crop_to_aspect_ratio=True, **rest), "rel_xyxy")


def colors():
    for cls, options, given in [
        (L.RandomBrightness, {"factor": 0.4}, COLORS),
        (L.RandomContrast, {"factor": 0.4}, COLORS),
        (L.Solarization, {"threshold_factor": (0.3, 0.7)}, COLORS),
        (L.RandomColorDegeneration, {"factor": 0.6}, COLORS),
        (L.RandomInvert, {}, COLORS),
        (L.RandomSharpness, {"factor": 0.9}, COLORS),
        (L.RandomGaussianBlur, {}, COLORS),
        (L.RandomErasing, {}, COLORS),
        (L.RandomHue, {"factor": 0.4, "value_range": (0, 1)}, IMAGES),
        (L.RandomSaturation, {"factor": (0.2, 0.7), "value_range": (0, 1)}, IMAGES),
    ]:
        yield case("parts", lambda cls=cls, options=options, **rest: cls(seed=1, **options, **rest), images=given)
        yield case("parts_pass_on", lambda cls=cls, options=options, **rest: cls(seed=1, **options, **rest), images=given, kwargs=NOT)
    yield case("parts", lambda **rest: L.AutoContrast(value_range=(0, 1), **rest))
    yield without("parts_unboxed", lambda: L.RandomFlip(seed=3))
    yield without("parts_unboxed", lambda: L.RandomInvert(seed=3))


def augmenting():
    # Each is a large program: few of them.
    yield case("parts", lambda **rest: L.RandAugment((0, 1), 1, 0.6, seed=2, **rest), "xywh")
    yield case("parts_pass_on", lambda **rest: L.RandAugment((0, 1), seed=2, **rest), kwargs=NOT)
    yield case("parts", lambda **rest: L.RandomPosterization(4, value_range=(0, 1), seed=1, **rest))
    yield case("parts", lambda **rest: L.RandomColorJitter((0, 1), 0.3, 0.3, seed=1, **rest))
    yield case("parts", lambda **rest: L.Equalization((0, 1), **rest))
    for count in [2, 3, 5]:
        yield case(f"parts_{count}", lambda count=count, **rest: L.MaxNumBoundingBoxes(count, **rest))
    yield one("parts_one", lambda **rest: L.MaxNumBoundingBoxes(4, **rest))


CASES = [flips, moves, crops, colors, augmenting]
