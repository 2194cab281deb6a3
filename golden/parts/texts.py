"""texts/<Class>.json: layers of texts and categories in several configurations, as those of layers/."""

from parts import layers


def generate(folder, families):
    return layers.generate(folder, families or ["categories"], "texts")
