"""ops/<group>.json: as ops.json, the rest of the catalogue."""

from cases.catalogue_operations import EXPRESSIONS, INPUTS
from harness import text
from parts import ops as graphs


def generate(folder, sections):
    for group in sections or EXPRESSIONS:
        records, left_out = [], []
        for expression in EXPRESSIONS[group]:
            try:
                records.append(graphs.run(expression, INPUTS))
            except Exception as error:
                left_out.append(expression)
                print(f"--- {expression}: {type(error).__name__} {str(error)[:200]}")
        assert len({r["id"] for r in records}) == len(records), "an expression is listed twice"
        text.write(folder / "ops" / f"{group}.json", "cases", records)
        print(f"ops/{group}.json: {len(records)} cases, left out {len(left_out)}")
    return 0
