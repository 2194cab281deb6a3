"""image_parts/<Class>.json: layers of images on dicts, as those of layers/."""

from parts import layers


def generate(folder, families):
    return layers.generate(folder, families or ["image_parts", "image_mixing_parts"], "image_parts")
