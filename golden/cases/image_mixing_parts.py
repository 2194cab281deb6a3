"""Layers that mix images, on dicts of images and what belongs to them."""

from keras import layers as L

from cases.image_mixing import picks
from cases.image_parts import COLORS, FIRST, FIRST_MASKS, HOLDS, IMAGES, LABELS, MASKS, NOT, ONE, ONE_MASK, boxes
from harness import renamed
from harness.layer_case import W, X, Y, Z, Case, f, i

renamed.apply()

NEWEST = {"since": (3, 15)}
# Keras takes these apart into numbers, which it cannot where it only works out shapes.
EAGER = {"symbolic": False, **NEWEST}
MARKED = {"images": X, "labels": Y}
MASKED = {"images": X, "labels": Y, "segmentation_masks": Z}


def mixing(cls):
    def make(**options):
        return lambda: cls(seed=1, **options)

    yield Case("parts", make(), [COLORS, LABELS], args=[MARKED], **NEWEST)
    yield Case("parts_integers", make(), [COLORS, i(2, 3, high=2)], args=[MARKED], **NEWEST)
    yield Case("parts_masks", make(), [IMAGES, LABELS, MASKS], args=[MASKED], **EAGER)
    first = make(data_format="channels_first")
    yield Case("parts_first", first, [FIRST, LABELS], args=[MARKED], **NEWEST)
    yield Case("parts_pass_on", make(), [IMAGES, LABELS, MASKS], args=[MASKED], kwargs=NOT, **NEWEST)
    yield Case("parts_one", make(), [ONE, f(4)], args=[MARKED], **EAGER)
    yield Case("parts_half", make(dtype="float16"), [IMAGES, LABELS], args=[MARKED], **NEWEST)


def mixed():
    yield from mixing(L.MixUp)
    yield from mixing(L.CutMix)
    yield Case("parts_masks_of_two", lambda: L.MixUp(seed=1), [IMAGES, LABELS, f(2, 6, 5, 2)], args=[MASKED], **EAGER)
    first = {"data_format": "channels_first"}
    yield Case("parts_masks_first", lambda: L.CutMix(seed=3, **first), [FIRST, LABELS, FIRST_MASKS], args=[MASKED], **EAGER)
    yield Case("parts_one_masked", lambda: L.CutMix(seed=3), [ONE, f(4), ONE_MASK], args=[MASKED], **EAGER)
    about = {"images": X, "labels": Y, "bounding_boxes": {"boxes": Z, "labels": W}}
    for form in ["xyxy", "rel_xywh"]:
        boxed = lambda form=form: L.MixUp(seed=2, bounding_box_format=form)  # noqa: E731
        yield Case(f"parts_{form}", boxed, [IMAGES, LABELS, boxes(form), HOLDS], args=[about], **EAGER)


def augmented():
    def make(*args, **options):
        return lambda: L.AugMix((0, 1), *args, seed=2, bounding_box_format="xyxy", **options)

    about = {"images": X, "labels": Y, "segmentation_masks": Z, "bounding_boxes": {"boxes": W, "labels": Y}}
    given = [IMAGES, HOLDS, MASKS, boxes("xyxy")]
    yield Case("parts", make(2, 2), given, args=[about], choices=picks("shear brightness rotation -"), **NEWEST)
    yield Case("parts_still", make(1, 2), given, args=[about], choices=picks("auto_contrast -"), **NEWEST)
    yield Case("parts_pass_on", make(), given, args=[about], kwargs=NOT, **NEWEST)


CASES = [mixed, augmented]
