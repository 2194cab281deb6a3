import { number } from "../src/fields/shorthands.ts";
import { layer } from "../src/layers/define.ts";
import { multiply } from "../src/ops/index.ts";
import type { Operand, Result } from "../src/program/emit.ts";
import type { Variable } from "../src/program/variable.ts";
import type { CustomObjects } from "../src/registry/registry.ts";
import type { Shape } from "../src/tensor/shape.ts";
import { goldenObjects } from "../test/golden-custom.ts";

/** The twin of `Scale` in golden/cases/custom.py: a learned vector and a fixed factor. */
class Scale extends layer("Scale", { factor: number(1) }, { package: "golden" }) {
  declare scale: Variable;

  override build(shape: Shape): void {
    this.scale = this.addWeight({ name: "scale", shape: [shape.at(-1)!], initializer: "ones" });
  }

  override call(x: Operand): Result {
    return multiply(multiply(x, this.scale), this.factor);
  }
}

/** Twins of everything that golden/cases/custom.py registers. */
export const customObjects: CustomObjects = { ...goldenObjects, Scale };
