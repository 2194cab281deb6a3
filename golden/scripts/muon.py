"""Writes src/optimizers/muon.golden.json: ten updates of Muon as Keras 3.12 had it. Run it with that version's Python:

    PYTHONPATH=.cache/python/versions/3.12.0 KERAS_BACKEND=jax python golden/scripts/muon.py

The records are those of optimizers.json, as golden/README.md defines them.
"""

import os
import sys
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_PLATFORMS"] = "cpu"

sys.path.insert(0, str(Path(__file__).parents[1]))
from cases.optimizers import Case
from harness import text
from parts.optimizers import run

OUT = Path(__file__).parents[2] / "src" / "optimizers" / "muon.golden.json"
CASES = """
O.Muon() | O.Muon(0.1, nesterov=False, ns_steps=3) | O.Muon(0.1, exclude_layers=["dense"], adam_lr_ratio=0.5)
O.Muon(0.1, exclude_embeddings=False, weight_decay=None) | O.Muon(0.05, weight_decay=0.2, momentum=0.5)
"""

records = [run(Case(e.strip())) for line in CASES.strip().splitlines() for e in line.split(" | ")]
lines = ",\n".join(text.dump(record) for record in records)
text.save(OUT, f'{{"optimizers":[\n{lines}\n]}}\n')
print(f"{len(records)} optimizers")
