import type { Value } from "../../../program/value.ts";
import { onnxType } from "../data-type.ts";
import { kernelType } from "./kernels.ts";
import type { Lowering } from "./lowering.ts";
import type { Scope } from "./scope.ts";

/** (values, int64 indices): of equal elements the first comes first. */
function topK(scope: Scope, x: Value, count: string, axis: number, largest: boolean): [string, string] {
  const own = onnxType(x.dtype);
  const type = kernelType("TopK", own);
  const [values, indices] = scope.split("TopK", [scope.cast(scope.name(x), own, type), count], 2, {
    axis,
    largest: largest ? 1 : 0,
    sorted: 1,
  });
  return [scope.cast(values!, type, own), indices!];
}

const sort: Lowering<"sort"> = (scope, { inputs: [x], attributes: { axis } }) => [
  topK(scope, x!, scope.dimension(x!, axis), axis, false)[0],
];

const argsort: Lowering<"argsort"> = (scope, { inputs: [x], attributes: { axis } }) => [
  scope.cast(topK(scope, x!, scope.dimension(x!, axis), axis, false)[1], "int64", "int32"),
];

const topKLargest: Lowering<"top_k"> = (scope, { inputs: [x], attributes: { k } }) => {
  const [values, indices] = topK(scope, x!, scope.int64([k]), x!.shape.length - 1, true);
  return [values, scope.cast(indices, "int64", "int32")];
};

const cumsum: Lowering<"cumsum"> = (scope, { inputs: [x], attributes: { axis, reverse, exclusive } }) => [
  scope.compute(
    "CumSum",
    x!.dtype,
    [scope.name(x!)],
    { reverse: reverse ? 1 : 0, exclusive: exclusive ? 1 : 0 },
    [scope.scalar("int64", axis)],
  ),
];

export const orderLowerings = { sort, argsort, top_k: topKLargest, cumsum };
