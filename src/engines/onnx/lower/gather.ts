import type { Value } from "../../../program/value.ts";
import { kernelType } from "./kernels.ts";
import type { Lowering } from "./lowering.ts";
import { type Scope, typeOf } from "./scope.ts";

/** Indices in a type that indexing operators take. */
function indexName(scope: Scope, indices: Value): string {
  const type = typeOf(indices);
  return type === "int32" || type === "int64"
    ? scope.name(indices)
    : scope.cast(scope.name(indices), type, "int64");
}

const gather: Lowering<"gather"> = (scope, { inputs: [x, indices], attributes: { axis } }) => [
  scope.node("Gather", [scope.name(x!), indexName(scope, indices!)], { axis }),
];

const gatherAlong: Lowering<"gather_along"> = (scope, { inputs: [x, indices], attributes: { axis } }) => {
  const data = expandAcross(scope, scope.name(x!), x!, indices!, axis);
  const index = expandAcross(scope, indexName(scope, indices!), indices!, x!, axis);
  return [scope.node("GatherElements", [data, index], { axis })];
};

/** `value` broadcast against `other` in every dimension but `axis`. */
function expandAcross(scope: Scope, name: string, value: Value, other: Value, axis: number): string {
  const needed = value.shape.some((size, i) => {
    if (i === axis || other.shape[i] === 1) return false;
    return size === null || size !== other.shape[i];
  });
  if (!needed) return name;
  const target = other.shape.map((size, i) => (i === axis ? 1 : (size ?? scope.dimension(other, i))));
  return scope.node("Expand", [name, scope.concatSizes(target)]);
}

interface Scattering {
  readonly reduction: "add" | "mul" | "min" | "max";
  readonly axis?: number;
}

/** An operator that adds `updates` to `x` at some places, or does something else with both, in a type that it can do. */
function scatter(
  scope: Scope,
  op: string,
  operands: readonly Value[],
  index: string,
  attributes: Scattering,
): string {
  const [x, updates] = operands as [Value, Value];
  const own = typeOf(x);
  const type = kernelType(op, own);
  const [data, added] = [x, updates].map((value) => scope.cast(scope.name(value), own, type));
  return scope.cast(scope.node(op, [data!, index, added!], { ...attributes }), type, own);
}

const scatterAdd: Lowering<"scatter_add"> = (scope, { inputs: [x, indices, updates] }) => {
  const index = scope.cast(scope.name(indices!), typeOf(indices!), "int64");
  return [scatter(scope, "ScatterND", [x!, updates!], index, { reduction: "add" })];
};

const scatterFold: Lowering<"scatter_fold"> = (
  scope,
  { inputs: [x, indices, updates], attributes: { reduction } },
) => {
  const index = scope.cast(scope.name(indices!), typeOf(indices!), "int64");
  return [scatter(scope, "ScatterND", [x!, updates!], index, { reduction })];
};

const scatterAlong: Lowering<"scatter_along"> = (scope, { inputs: [x, indices, updates], attributes }) => [
  scatter(scope, "ScatterElements", [x!, updates!], indexName(scope, indices!), {
    reduction: "add",
    axis: attributes.axis,
  }),
];

export const gatherLowerings = {
  gather,
  gather_along: gatherAlong,
  scatter_add: scatterAdd,
  scatter_fold: scatterFold,
  scatter_along: scatterAlong,
};
