"""linalg.json: Fourier transforms, sequences, segments, CTC and linear algebra, written as ops.json is."""

from keras import ops

from cases.linalg import EXPRESSIONS, INPUTS, NEWER_EXPRESSIONS
from parts.ops import write


def generate(folder, sections):
    newer = NEWER_EXPRESSIONS if hasattr(ops, "ifft2") else []
    write(folder / "linalg.json", EXPRESSIONS + newer, INPUTS)
    return 0
