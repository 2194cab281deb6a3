import { ShapeError } from "../errors.ts";
import { optional } from "../fields/kinds.ts";
import { choice } from "../fields/shorthands.ts";
import { dtypeOf, emit, type Operand } from "../program/emit.ts";
import { fromNumbers } from "../tensor/create.ts";
import { formatShape } from "../tensor/shape.ts";
import { kerasRegularizer } from "./regularizer.ts";
import { float32Strength } from "./strength.ts";
import { sumOf, times } from "./sums.ts";

/** The largest number that a row is multiplied by to give it length 1. Source: Keras 3.6 `ops/nn.py`. */
const LARGEST_FACTOR = 1e7;

/** A penalty on a matrix whose rows or columns are not orthogonal to each other. */
export class OrthogonalRegularizer extends kerasRegularizer("OrthogonalRegularizer", {
  /** What the mean of the absolute cosines is multiplied by. */
  factor: optional(float32Strength(0.01), 0.01),
  /** What shall be orthogonal. */
  mode: choice("rows", "columns")("rows"),
}) {
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
    const squares = emit("mul", [x, x], {})[0]!;
    const lengths = emit("reduce_sum", [squares], { axes: [byRows ? 1 : 0], keepdims: true })[0]!;
    const factors = emit("clamp", [emit("rsqrt", [lengths], {})[0]!], { min: 0, max: LARGEST_FACTOR })[0]!;
    const unit = emit("mul", [x, factors], {})[0]!;
    const turned = emit("transpose", [unit], { perm: [1, 0] })[0]!;
    const cosines = emit("matmul", byRows ? [unit, turned] : [turned, unit], {})[0]!;
    const offDiagonal = Float32Array.from({ length: count * count }, (_, i) =>
      i % (count + 1) === 0 ? 0 : 1,
    );
    const others = emit("mul", [cosines, fromNumbers(dtype, [count, count], offDiagonal)], {})[0]!;
    const pairs = (count * (count - 1)) / 2;
    return times(sumOf("abs", others), (this.factor * 0.5) / pairs);
  }
}
