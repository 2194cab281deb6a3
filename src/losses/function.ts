import type { Fields, Arguments as OptionArguments, OptionsOf, ValuesOf } from "../fields/field.ts";
import { checkInputs } from "../ops/check-inputs.ts";
import { readOptions } from "../ops/define.ts";
import {
  asDType,
  asOperand,
  asResult,
  type NumberList,
  type OperandLike,
  tensorOfList,
} from "../ops/operands.ts";
import type { Numeric } from "../program/emit.ts";

/** Truths or predictions: a tensor, a traced value, numbers or lists of them. */
export type TensorInput = OperandLike | NumberList;

type None = Record<never, never>;

/** A function of what is true and what was predicted, which is known in configs by its name in Keras. */
export interface TruthFunction<F extends Fields = None> {
  (yTrue: TensorInput, yPred: TensorInput, ...options: OptionArguments<OptionsOf<F>>): Numeric;
  /** What its options are. */
  readonly fields: F;
}

/** The same, whatever its options are. */
export type AnyTruthFunction = (yTrue: TensorInput, yPred: TensorInput, options: never) => Numeric;

/** Defines a function of truths and predictions by its name in Keras; tensors come as they are given. */
export function truthFunction<const F extends Fields = None>(
  name: string,
  compute: (yTrue: Numeric, yPred: Numeric, options: ValuesOf<F>) => Numeric,
  fields = {} as F,
): TruthFunction<F> {
  const apply = (yTrue: TensorInput, yPred: TensorInput, options: object = {}): Numeric => {
    checkInputs(name, inputs, [yTrue, yPred]);
    const read = readOptions(name, fields, options as Readonly<Record<string, unknown>>);
    return compute(tensorOf(yTrue), tensorOf(yPred), read as ValuesOf<F>);
  };
  Object.defineProperty(apply, "name", { value: name });
  return Object.assign(apply, { fields });
}

/** The same of a function that computes in the dtype of the predictions. */
export function lossFunction<const F extends Fields = None>(
  name: string,
  compute: (yTrue: Numeric, yPred: Numeric, options: ValuesOf<F>) => Numeric,
  fields?: F,
): TruthFunction<F> {
  return truthFunction(
    name,
    (yTrue, yPred, options) => compute(asDType(yTrue, yPred.dtype), yPred, options),
    fields,
  );
}

const inputs = { tensors: ["yTrue", "yPred"] };

function tensorOf(input: TensorInput): Numeric {
  return asResult(asOperand(tensorOfList(input) as OperandLike));
}
