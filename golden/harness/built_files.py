"""What parts have in common that write a .keras file for each builder, with its record beside."""

import traceback

from . import text


def generate(folder, builders, sections, run):
    """Builds all or the named ones and writes what `run` records of each; gives how many failed."""
    failures = 0
    for name, build in builders.items():
        if sections and name not in sections:
            continue
        path = folder / f"{name}.keras"
        try:
            record = run(name, build, path)
        except Exception:
            failures += 1
            print(f"--- {name}")
            traceback.print_exc(limit=-3)
            continue
        text.write_one(path.with_suffix(".json"), record)
    return failures
