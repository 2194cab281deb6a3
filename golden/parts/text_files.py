"""files/text_<id>.keras: models of texts, as those of files.py, on TensorFlow."""

from cases import text_files as cases
from harness import built_files
from parts import files


def generate(folder, sections):
    return built_files.generate(folder / "files", cases.BUILDERS, sections, files.run)
