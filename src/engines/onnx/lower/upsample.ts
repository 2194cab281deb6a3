import { EngineError } from "../../../errors.ts";
import type { Attributes } from "../../../program/primitives.ts";
import type { Value } from "../../../program/value.ts";
import { formatShape } from "../../../tensor/shape.ts";
import { Tensor } from "../../../tensor/tensor.ts";
import { onnxType } from "../data-type.ts";
import { resizeWeights } from "./resize-weights.ts";
import type { Scope } from "./scope.ts";

const resizeOptions = {
  nearest: { mode: "nearest", coordinate_transformation_mode: "asymmetric", nearest_mode: "floor" },
  bilinear: { mode: "linear", coordinate_transformation_mode: "half_pixel" },
  bicubic: {
    mode: "cubic",
    coordinate_transformation_mode: "half_pixel",
    cubic_coeff_a: { float: -0.5 },
    exclude_outside: 1,
  },
};

/** `turn` computes with channels first. */
export function upsample(
  scope: Scope,
  name: string,
  x: Value,
  { factors, method }: Attributes["upsample"],
  turn: (compute: (x: string) => string) => string,
): string {
  const flat = factors.length === 2;
  if (method === "nearest" || (flat && (method === "bilinear" || method === "bicubic"))) {
    const scales = scope.constant(
      // at most 3: the axes of a window
      new Tensor("float32", [factors.length + 2], Float32Array.of(1, 1, ...factors)),
    );
    return turn((turned) => scope.compute("Resize", x.dtype, [turned], resizeOptions[method], ["", scales]));
  }
  const type = onnxType(x.dtype);
  let result = name;
  for (const [i, factor] of factors.entries()) {
    if (factor === 1) continue;
    const axis = i + 1;
    const size = x.shape[axis]!;
    if (size === null) {
      throw new EngineError(
        "upsample",
        `expected known spatial dimensions for ${method} on ONNX, received ${formatShape(x.shape)}.`,
      );
    }
    const weights = scope.cast(scope.constant(resizeWeights(method, size, factor)), "float32", type);
    result = alongAxis(scope, result, x.shape.length, axis, (rows) =>
      scope.compute("MatMul", x.dtype, [weights, rows]),
    );
  }
  return result;
}

/** Computes with `axis` as the last but one. */
function alongAxis(
  scope: Scope,
  name: string,
  rank: number,
  axis: number,
  compute: (x: string) => string,
): string {
  const perm = Array.from({ length: rank }, (_, i) => i);
  [perm[axis], perm[rank - 2]] = [perm[rank - 2]!, perm[axis]!];
  return scope.transpose(compute(scope.transpose(name, perm)), perm);
}
