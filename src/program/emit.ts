import { invariant, ModelError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import type { DType } from "../tensor/dtype.ts";
import { Tensor } from "../tensor/tensor.ts";
import { calling } from "./calling.ts";
import { evaluator } from "./eager.ts";
import type { Attributes, PrimitiveName, SingleResult, SpecRule } from "./primitives.ts";
import { checkTakesStrings } from "./string-primitives.ts";
import { type Computation, type Spec, type Trace, Value } from "./value.ts";
import { Variable } from "./variable.ts";

/** What a primitive can be given. */
export type Operand = Tensor | Value | Variable;
/** What it gives back: numbers if it was given only numbers, else a value of the same computation. */
export type Numeric = Tensor | Value;

/** The dtype an operand has when read here: a variable follows the compute dtype of the layer that reads it. */
export function dtypeOf(operand: Operand): DType {
  if (operand instanceof Variable) return variableDtype(operand);
  expectOperand(operand);
  return operand.dtype;
}

/** Complains about what is given in the place of a tensor, which nobody looked at before. */
function expectOperand(operand: unknown): void {
  if (operand instanceof Tensor || operand instanceof Value || operand instanceof Variable) return;
  throw new ModelError("ops", `expected a tensor, received ${inspect(operand)}.`);
}

/** The rules of some primitives. */
export type Rules<K extends PrimitiveName> = { readonly [P in K]: SpecRule<P> };

/** Applies one of some primitives that give one result, as most do. */
export type Prim<F extends SingleResult> = <K extends F>(
  primitive: K,
  operands: readonly Operand[],
  ...[attributes]: Record<never, never> extends Attributes[K] ? [] : [attributes: Attributes[K]]
) => Numeric;

/**
 * Applies a primitive, of which the rule is among `rules`: computed at once on tensors, appended to a Program on traced values, worked out as shapes
 * and dtypes on abstract ones.
 */
export function emit<K extends PrimitiveName>(
  rules: Rules<K>,
  primitive: K,
  operands: readonly Operand[],
  attributes: Attributes[K],
): Numeric[] {
  let computation: Computation | null = calling().within;
  for (const operand of operands) {
    expectOperand(operand);
    if (operand.dtype === "string" && !rules[primitive].isForTexts) checkTakesStrings(primitive);
    if (!(operand instanceof Value)) continue;
    if (!computation?.builder) computation = operand;
    else if (operand.builder && operand.builder !== computation.builder) throw strange(primitive);
  }
  if (computation === null) return evaluator()(primitive, operands.map(readNow), attributes);
  const { builder } = computation;
  if (builder === null) {
    const inputs = operands.map(
      (operand): Spec => (operand instanceof Variable ? readSpec(operand) : operand),
    );
    return rules[primitive](inputs, attributes).map(({ shape, dtype }) => new Value(shape, dtype));
  }
  const inputs = operands.map((operand) => toValue(operand, builder));
  return builder.append(primitive, attributes, inputs, rules[primitive](inputs, attributes));
}

/** The error for a value that a layer kept from a computation that is over. */
export function strange(where: string): ModelError {
  return new ModelError(
    where,
    "expected values of the computation that runs, received one of another. A layer keeps no results of its call: make tensors in build(), or weights.",
  );
}

/** What applies the primitives of one family: a program carries the rules of the families that it uses. */
export function primOf<F extends SingleResult>(rules: Rules<F>): Prim<F> {
  return (primitive, operands, ...[attributes]) =>
    single(primitive, emit(rules, primitive, operands, attributes ?? ({} as Attributes[typeof primitive])));
}

function single<T>(primitive: PrimitiveName, results: readonly T[]): T {
  const [result] = results;
  invariant(result !== undefined && results.length === 1, `${primitive} did not give one result`);
  return result;
}

/** Gives a variable a new value: at once, or as an update of the Program that is traced. */
export function assign(variable: Variable, value: Numeric): void {
  const { within } = calling();
  if (value instanceof Value) value.builder?.update(variable, value);
  else if (within === null) variable.assign(value);
  else within.builder?.update(variable, within.builder.constant(value));
}

function variableDtype(variable: Variable): DType {
  const { computeDtype } = calling();
  return computeDtype !== null && variable.autocast ? computeDtype : variable.dtype;
}

function readSpec(variable: Variable): Spec {
  return { shape: variable.shape, dtype: variableDtype(variable) };
}

function readNow(operand: Operand): Tensor {
  if (!(operand instanceof Variable)) return operand as Tensor;
  const dtype = variableDtype(operand);
  return dtype === operand.dtype
    ? operand.value
    : single("cast", evaluator()("cast", [operand.value], { dtype }));
}

function toValue(operand: Operand, builder: Trace): Value {
  if (operand instanceof Value) return operand;
  if (operand instanceof Tensor) return builder.constant(operand);
  const value = builder.variable(operand);
  const dtype = variableDtype(operand);
  if (dtype === value.dtype) return value;
  return single("cast", builder.append("cast", { dtype }, [value], [{ shape: value.shape, dtype }]));
}
