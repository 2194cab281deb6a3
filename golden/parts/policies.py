"""policies/<policy>.json: a layer of every class under each dtype policy other than float32; by a newer version those that the baseline lacks."""

import traceback

from cases import policies
from harness import layer_case, text


def run(case):
    record = layer_case.run(case)
    for weight in record["weights"]:
        for key in ("path", "name", "trainable"):
            del weight[key]
    return {name: value for name, value in record.items() if name not in ("output_spec", "built_config_text", "output_masks")}


def generate(folder, sections):
    failures = 0
    for policy in sections or policies.POLICIES:
        records = []
        for case in policies.cases(policy):
            try:
                records.append(run(case))
            except Exception:
                failures += 1
                print(f"--- {policy} {case.id}")
                traceback.print_exc(limit=-2)
        text.write(folder / "policies" / f"{policy}.json", "cases", records)
    return failures
