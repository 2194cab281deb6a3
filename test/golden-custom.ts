import { add, multiply } from "../src/ops/arithmetic.ts";
import { sliceAxis } from "../src/ops/reshaping.ts";
import type { Operand, Result } from "../src/program/emit.ts";
import type { CustomObjects } from "../src/registry/registry.ts";

/** Twins of the functions that golden/cases/custom.py registers. A function's own name is the one in configs. */
export const goldenObjects: CustomObjects = {
  "golden>double_and_shift"(x: Operand, { shift = 0 }: { readonly shift?: number } = {}): Result {
    return add(multiply(x, 2), shift);
  },
  "golden>first_column"(x: Operand): Result {
    return sliceAxis(x, 1, 0, 1);
  },
};
