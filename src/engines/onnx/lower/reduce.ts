import type { Attributes, Reduction } from "../../../program/primitives.ts";
import type { Value } from "../../../program/value.ts";
import type { Lowering } from "./lowering.ts";
import type { Scope } from "./scope.ts";

interface Reducing<A> {
  readonly inputs: readonly Value[];
  readonly attributes: A;
}

function reduction(op: string) {
  return (scope: Scope, { inputs: [x], attributes }: Reducing<Reduction>): string[] => {
    const { axes, keepdims } = attributes;
    if (axes.length === 0) return [scope.name(x!)];
    const operands = [scope.name(x!)];
    return [scope.compute(op, x!.dtype, operands, { keepdims: keepdims ? 1 : 0 }, [scope.int64(axes)])];
  };
}

/** The mean of each channel of an image stands where its convolutions do, so that no axes are turned between them. */
const mean: Lowering<"reduce_mean"> = (scope, instruction) => {
  const [x] = instruction.inputs as [Value];
  const { axes, keepdims } = instruction.attributes;
  const isImage = x.dtype === "float32" && x.shape.length === 4 && String(axes) === "1,2";
  // Of no pixels there is no pool.
  if (!isImage || !axes.every((axis) => (x.shape[axis] ?? 0) > 0)) return plainMean(scope, instruction);
  const pooled = scope.node("GlobalAveragePool", [scope.transpose(scope.name(x), [0, 3, 1, 2])]);
  return [keepdims ? scope.transpose(pooled, [0, 2, 3, 1]) : scope.node("Flatten", [pooled], { axis: 1 })];
};

const plainMean = reduction("ReduceMean");

function position(op: string) {
  return (scope: Scope, { inputs: [x], attributes }: Reducing<Attributes["argmax"]>): string[] => {
    const { axis, keepdims } = attributes;
    const index = scope.computeAs(op, x!.dtype, [scope.name(x!)], { axis, keepdims: keepdims ? 1 : 0 });
    return [scope.cast(index, "int64", "int32")];
  };
}

function alongAxis(op: string) {
  return (scope: Scope, { inputs: [x], attributes: { axis } }: Reducing<{ axis: number }>): string[] => [
    scope.compute(op, x!.dtype, [scope.name(x!)], { axis }),
  ];
}

const batchNorm: Lowering<"batch_norm"> = (scope, { inputs, attributes: { axis, epsilon } }) => {
  const [x, mean, variance, scale, offset] = inputs as [Value, Value, Value, Value, Value];
  const rank = x.shape.length;
  // The attribute is a float32: float64 has its epsilon added to the variance.
  const exact = x.dtype === "float64";
  const spread = exact
    ? scope.node("Add", [scope.name(variance), scope.scalar("float64", epsilon)])
    : scope.name(variance);
  const parameters = [...[scale, offset, mean].map((value) => scope.name(value)), spread];
  const normalize = (channelsFirst: string) =>
    scope.compute("BatchNormalization", x.dtype, [channelsFirst, ...parameters], {
      epsilon: { float: exact ? 0 : epsilon },
    });
  if (rank === 1) {
    const row = scope.node("Unsqueeze", [scope.name(x), scope.int64([0])]);
    return [scope.node("Squeeze", [normalize(row), scope.int64([0])])];
  }
  const axes = Array.from({ length: rank }, (_, i) => i);
  const others = axes.filter((i) => i !== axis);
  const perm = [others[0]!, axis, ...others.slice(1)];
  const back = axes.map((i) => perm.indexOf(i));
  return [scope.transpose(normalize(scope.transpose(scope.name(x), perm)), back)];
};

export const reduceLowerings = {
  reduce_sum: reduction("ReduceSum"),
  reduce_mean: mean,
  reduce_prod: reduction("ReduceProd"),
  reduce_max: reduction("ReduceMax"),
  reduce_min: reduction("ReduceMin"),
  reduce_any: reduction("ReduceMax"),
  reduce_all: reduction("ReduceMin"),
  argmax: position("ArgMax"),
  argmin: position("ArgMin"),
  softmax: alongAxis("Softmax"),
  log_softmax: alongAxis("LogSoftmax"),
  batch_norm: batchNorm,
};
