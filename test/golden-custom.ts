import { bool, number } from "../src/fields/shorthands.ts";
import { aTensor, takes } from "../src/graph/signature.ts";
import { layer } from "../src/layers/define.ts";
import { add, multiply } from "../src/ops/arithmetic.ts";
import { sliceAxis } from "../src/ops/slice-axis.ts";
import type { Numeric, Operand } from "../src/program/emit.ts";
import type { Variable } from "../src/program/variable.ts";
import type { CustomObjects } from "../src/registry/registry.ts";
import type { Shape } from "../src/tensor/shape.ts";
import { keptObjects } from "./golden-kept.ts";

/** The twin of `Scale` in golden/cases/custom.py: a learned vector and a fixed factor. */
class Scale extends layer(
  "Scale",
  { factor: number(1) },
  { package: "golden", call: takes("x", { x: aTensor() }) },
) {
  declare scale: Variable;

  override build(shape: Shape): void {
    this.scale = this.addWeight({ name: "scale", shape: [shape.at(-1)!], initializer: "ones" });
  }

  override call(x: Operand): Numeric {
    return multiply(multiply(x, this.scale), this.factor);
  }
}

/** The twin of `Pick` in golden/cases/models.py: the sum of its inputs, or the first where there is no second. */
class Pick extends layer(
  "Pick",
  { autocast: bool(true, { since: "3.15" }) },
  { package: "golden", call: takes("x", { x: aTensor(), y: aTensor().optional() }) },
) {
  override call(x: Operand, rest: { y?: Operand | null }): Numeric {
    return rest.y ? add(x, rest.y) : multiply(x, 1);
  }
}

/** Twins of the functions that golden/cases/custom.py registers. A function's own name is the one in configs. */
export const goldenObjects: CustomObjects = {
  ...keptObjects,
  Scale,
  Pick,
  "golden>double_and_shift"(x: Operand, { shift = 0 }: { readonly shift?: number } = {}): Numeric {
    return add(multiply(x, 2), shift);
  },
  "golden>first_column"(x: Operand): Numeric {
    return sliceAxis(x, 1, 0, 1);
  },
};
