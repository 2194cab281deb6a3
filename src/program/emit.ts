import { invariant } from "../errors.ts";
import type { DType } from "../tensor/dtype.ts";
import { Tensor } from "../tensor/tensor.ts";
import { evaluator, hasEvaluator } from "./eager.ts";
import type { Attributes, PrimitiveName, SingleResult } from "./primitives.ts";
import { specRules } from "./spec-rules.ts";
import { type Spec, type Trace, Value } from "./value.ts";
import { Variable } from "./variable.ts";

/** What a primitive can be given. */
export type Operand = Tensor | Value | Variable;
/** What it gives back: numbers if it was given only numbers, else a value of the same computation. */
export type Result = Tensor | Value;

let computeDtype: DType | null = null;

/** Runs `body` with float variables read as `dtype` (a layer's compute dtype). */
export function withComputeDtype<T>(dtype: DType | null, body: () => T): T {
  if (dtype === computeDtype) return body();
  const outer = computeDtype;
  computeDtype = dtype;
  try {
    return body();
  } finally {
    computeDtype = outer;
  }
}

let tracing: { readonly builder: Trace | null } | null = null;

/**
 * Runs `body` as part of the computation that `value` belongs to, so that what is done to variables and constants
 * alone belongs to it too; null: computed at once.
 */
export function withTracing<T>(value: Value | null, body: () => T): T {
  const outer = tracing;
  tracing = value;
  try {
    return body();
  } finally {
    tracing = outer;
  }
}

/** The dtype an operand has when read here: a variable follows the compute dtype of the layer that reads it. */
export function dtypeOf(operand: Operand): DType {
  return operand instanceof Variable ? variableDtype(operand) : operand.dtype;
}

/**
 * Applies a primitive: computed at once on tensors, appended to a Program on traced values, worked out as shapes
 * and dtypes on abstract ones.
 */
export function emit<K extends PrimitiveName>(
  primitive: K,
  operands: readonly Operand[],
  attributes: Attributes[K],
): Result[] {
  let builder: Trace | null = null;
  let symbolic = false;
  let variable = false;
  for (const operand of operands) {
    if (operand instanceof Value) {
      symbolic = true;
      builder ??= operand.builder;
    } else if (operand instanceof Variable) variable = true;
  }
  if (!symbolic) {
    if (tracing === null || (!variable && hasEvaluator())) {
      return evaluator()(primitive, operands.map(toTensor), attributes);
    }
    builder = tracing.builder;
  }
  if (builder === null) {
    const inputs = operands.map(
      (operand): Spec => (operand instanceof Variable ? readSpec(operand) : operand),
    );
    return specRules[primitive](inputs, attributes).map(({ shape, dtype }) => new Value(shape, dtype));
  }
  const inputs = operands.map((operand) => toValue(operand, builder));
  return builder.append(primitive, attributes, inputs, specRules[primitive](inputs, attributes));
}

/** The same for a primitive that gives one result, as most do. */
export function prim<K extends SingleResult>(
  primitive: K,
  operands: readonly Operand[],
  ...[attributes]: Record<never, never> extends Attributes[K] ? [] : [attributes: Attributes[K]]
): Result {
  return single(primitive, emit(primitive, operands, attributes ?? ({} as Attributes[K])));
}

function single<T>(primitive: PrimitiveName, results: readonly T[]): T {
  const [result] = results;
  invariant(result !== undefined && results.length === 1, `${primitive} did not give one result`);
  return result;
}

/** Gives a variable a new value: at once, or as an update of the Program that is traced. */
export function assign(variable: Variable, value: Result): void {
  if (value instanceof Tensor) variable.assign(value);
  else value.builder?.update(variable, value);
}

function variableDtype(variable: Variable): DType {
  return computeDtype !== null && variable.autocast ? computeDtype : variable.dtype;
}

function readSpec(variable: Variable): Spec {
  return { shape: variable.shape, dtype: variableDtype(variable) };
}

function toTensor(operand: Operand): Tensor {
  if (!(operand instanceof Variable)) return operand as Tensor;
  const dtype = variableDtype(operand);
  if (dtype === operand.dtype) return operand.value;
  return single("cast", evaluator()("cast", [operand.value], { dtype }));
}

function toValue(operand: Operand, builder: Trace): Value {
  if (operand instanceof Value) return operand;
  if (operand instanceof Tensor) return builder.constant(operand);
  const value = builder.variable(operand);
  const dtype = variableDtype(operand);
  if (dtype === value.dtype) return value;
  return single("cast", builder.append("cast", { dtype }, [value], [{ shape: value.shape, dtype }]));
}
