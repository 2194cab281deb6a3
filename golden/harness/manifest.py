"""manifest.json: the versions that wrote the files, and the hash of every file.

Run as a program, with any Python, it writes the hashes of what is there.
"""

import hashlib
import json
from pathlib import Path


def update(golden, version=None, versions=None):
    """Rewrites it, with `versions` of what wrote the folder `version` where they are given."""
    path = golden / "manifest.json"
    known = json.loads(path.read_text())["versions"] if path.exists() else {}
    if versions is not None:
        known[version] = versions
    known = dict(sorted(known.items()))
    files = sorted(p for v in known for p in (golden / v).rglob("*") if p.is_file())
    hashes = {p.relative_to(golden).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}
    text = json.dumps({"versions": known, "sha256": hashes}, indent=1) + "\n"
    path.write_bytes(text.encode())


if __name__ == "__main__":
    update(Path(__file__).parent.parent)
