"""image_ops.json: operations of images, each as a small Functional model."""

from cases.image_operations import EXPRESSIONS, INPUTS
from parts import ops


def generate(folder, sections):
    ops.write(folder / "image_ops.json", EXPRESSIONS, INPUTS)
    return 0
