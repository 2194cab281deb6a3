import { ShapeError } from "../errors.ts";
import type { OptionsOf } from "../fields/field.ts";
import { optional } from "../fields/kinds.ts";
import { choice } from "../fields/shorthands.ts";
import { dtypeOf, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { fromNumbers } from "../tensor/create.ts";
import { formatShape } from "../tensor/shape.ts";
import { kerasRegularizer } from "./regularizer.ts";
import { float32Strength } from "./strength.ts";
import { sumOf, times } from "./sums.ts";

/** The largest number that a row is multiplied by to give it length 1. Source: Keras 3.6 `ops/nn.py`. */
const LARGEST_FACTOR = 1e7;

const fields = {
  /** What the mean of the absolute cosines is multiplied by. Defaults to 0.01. */
  factor: optional(float32Strength(0.01), 0.01),
  /** What shall be orthogonal to each other. Defaults to "rows". */
  mode: choice("rows", "columns")("rows"),
};

/** What {@link OrthogonalRegularizer} takes. */
export interface OrthogonalRegularizerOptions extends OptionsOf<typeof fields> {}

/** A penalty on a matrix whose rows or columns are not orthogonal to each other. */
export class OrthogonalRegularizer extends kerasRegularizer(
  "OrthogonalRegularizer",
  fields,
)<OrthogonalRegularizerOptions> {
  override call(x: Operand) {
    const byRows = this.mode === "rows";
    const count = x.shape[byRows ? 0 : 1];
    if (x.shape.length !== 2 || typeof count !== "number") {
      throw new ShapeError(
        "OrthogonalRegularizer",
        `expected a matrix of known size, received shape ${formatShape(x.shape)}.`,
      );
    }
    const dtype = dtypeOf(x);
    const squares = prim("mul", [x, x]);
    const lengths = prim("reduce_sum", [squares], { axes: [byRows ? 1 : 0], keepdims: true });
    const factors = prim("clamp", [prim("rsqrt", [lengths])], { min: 0, max: LARGEST_FACTOR });
    const unit = prim("mul", [x, factors]);
    const turned = prim("transpose", [unit], { perm: [1, 0] });
    const cosines = prim("matmul", byRows ? [unit, turned] : [turned, unit]);
    const offDiagonal = Float32Array.from({ length: count * count }, (_, i) =>
      i % (count + 1) === 0 ? 0 : 1,
    );
    const others = prim("mul", [cosines, fromNumbers(dtype, [count, count], offDiagonal)]);
    const pairs = (count * (count - 1)) / 2;
    return times(sumOf("abs", others), (this.factor * 0.5) / pairs);
  }
}
