import { ConfigError, ModelError } from "../errors.ts";
import type { Fields, Arguments as OptionArguments, OptionsOf, ValuesOf } from "../fields/field.ts";
import { aString, nullable, optional } from "../fields/kinds.ts";
import { Problems } from "../fields/problems.ts";
import type { KerasTensor } from "../graph/graph.ts";
import { type Arguments, type Keywords, NO_KEYWORDS, Operation, placeOf, tensorsIn } from "../graph/graph.ts";
import { toSnakeCase } from "../graph/naming.ts";
import { isDict } from "../graph/nested.ts";
import { type Argument, option, type Signature, structure, takes } from "../graph/signature.ts";
import { inspect, isPlain } from "../json/inspect.ts";
import { copyMarks, isFloat, isMarked, markFloat } from "../json/marks.ts";
import { quote } from "../json/quote.ts";
import { didYouMean } from "../json/suggest.ts";
import { calling, runCalling } from "../program/calling.ts";
import type { Numeric } from "../program/emit.ts";
import { isAbstract, Value } from "../program/value.ts";
import { toWire } from "../registry/literals.ts";
import type { RevivableClass } from "../registry/registry.ts";
import { Tensor } from "../tensor/tensor.ts";
import { checkInputs } from "./check-inputs.ts";
import { Float, withRepeatedFloats } from "./float.ts";
import { type NumberList, type OperandLike, tensorOfList } from "./operands.ts";

/** Anything an op takes as a tensor. */
export type TensorLike = KerasTensor | OperandLike;

/** What every op is beside a function. */
export interface Op {
  /** The class that stands for a call of it in a model's config. */
  readonly Operation: RevivableClass;
}

type Options<F extends Fields> = OptionArguments<OptionsOf<F>>;

/**
 * An op of one tensor: on a KerasTensor it adds to the graph, else it computes. `S` is what it then gives, as
 * KerasTensors; `R` the same as values.
 */
export interface UnaryOp<F extends Fields, S = KerasTensor, R = Numeric> extends Op {
  (x: KerasTensor, ...options: Options<F>): S;
  (x: OperandLike, ...options: Options<F>): R;
  (x: TensorLike, ...options: Options<F>): S | R;
}

/** An op of two tensors. */
export interface BinaryOp<F extends Fields, S = KerasTensor, R = Numeric> extends Op {
  (x1: KerasTensor, x2: TensorLike | NumberList, ...options: Options<F>): S;
  (x1: TensorLike | NumberList, x2: KerasTensor, ...options: Options<F>): S;
  (x1: OperandLike | NumberList, x2: OperandLike | NumberList, ...options: Options<F>): R;
  (x1: TensorLike | NumberList, x2: TensorLike | NumberList, ...options: Options<F>): S | R;
}

/** An op of a list of tensors. */
export interface ListOp<F extends Fields, S = KerasTensor, R = Numeric> extends Op {
  (xs: readonly KerasTensor[], ...options: Options<F>): S;
  (xs: readonly OperandLike[], ...options: Options<F>): R;
  (xs: readonly TensorLike[], ...options: Options<F>): S | R;
}

/** How a class of Keras records its calls, where it is not as most do. */
export interface OpSettings {
  /** The fields that are not in the config but recorded with the call, as keyword arguments. */
  readonly call?: readonly string[];
  /** The same, as positional arguments. */
  readonly positional?: readonly string[];
  /** The names of the tensors it takes, in order. */
  readonly tensors?: readonly string[];
  /** It takes any number of tensors. */
  readonly variadic?: boolean;
  /** It takes one list of tensors. */
  readonly isListed?: boolean;
  /** Lists among its arguments are no tensors. */
  readonly keepsLists?: boolean;
}

/** The facts of an op. */
export interface OpDefinition extends OpSettings {
  /** The class in configs: module after `keras.src.ops.`, and name, as `numpy.Add`. */
  readonly path: string;
  readonly tensors: readonly string[];
  /** What the function takes beside tensors. */
  readonly fields?: (() => Fields) | undefined;
  /** The computation on tensors, numbers or traced values; the last argument has the fields. */
  readonly compute: (...args: never[]) => unknown;
}

/** How many tensors an op may have that takes any number of them one by one. */
const mostTensors = 1000;

type Compute = (...args: unknown[]) => unknown;
type OperationClass = new (options: Readonly<Record<string, unknown>>) => Operation;

/** Defines an op: the function, and the class that stands for its calls in configs. */
export function defineOp<T extends Op>(definition: OpDefinition): T {
  if (
    !isPlain(definition) ||
    typeof definition.path !== "string" ||
    typeof definition.compute !== "function" ||
    !Array.isArray(definition.tensors)
  ) {
    throw new ConfigError(
      "defineOp",
      `expected { path, tensors, compute }, received ${inspect(definition)}.`,
    );
  }
  const { tensors, variadic = false, call = [], positional = [] } = definition;
  const compute = definition.compute as unknown as Compute;
  const fields = definition.fields?.() ?? NO_FIELDS;
  const recorded = [...positional, ...call];
  const inConfig = without(fields, recorded);
  const path = definition.path.includes(".src.") ? definition.path : `keras.src.ops.${definition.path}`;
  const dot = path.lastIndexOf(".");
  const className = path.slice(dot + 1);
  const read = (given: readonly unknown[]): unknown[] => {
    if (given.length > mostTensors)
      throw new ModelError(className, `expected at most ${mostTensors} tensors, received ${given.length}.`);
    return definition.keepsLists
      ? [...given]
      : given.map((each) => (definition.isListed ? tensorsOfLists(className, each) : tensorOfList(each)));
  };

  // Hundreds of ops are imported where a few are called: the class is made for the first call.
  let made: OperationClass | undefined;
  const classOf = (): OperationClass => {
    if (made) return made;
    class Defined extends Operation {
      static override readonly className = className;
      static override readonly module: string = path.slice(0, dot);
      static override readonly registeredName = className;
      static override readonly fields: Fields = { ...nameField, ...inConfig };
      static override readonly signature: Signature = callOf(tensors, recorded);

      protected override compute(args: Arguments, kwargs: Keywords): unknown {
        const given = variadic ? args : tensors.map((name, i) => (i < args.length ? args[i] : kwargs[name]));
        const options = recorded.length === 0 ? this : this.#withRecorded(args, kwargs);
        // at most 1,000: mostTensors
        const make = () => compute(...read(given), options);
        const isOfShapes = calling().within === null && given.flat().some(isAbstract);
        return likeInputs(given, isOfShapes ? runCalling({ within: { builder: null } }, make) : make());
      }

      override invoke(args: Arguments, kwargs: Keywords): unknown {
        return super.invoke(withFloats(withRepeatedFloats(this, args)), kwargs);
      }

      #withRecorded(args: Arguments, kwargs: Keywords): object {
        const options: Record<string, unknown> = {};
        for (const [i, key] of recorded.entries()) {
          const value = kwargs[key] ?? args[tensors.length + i];
          if (value !== undefined) options[key] = value;
        }
        const own: Record<string, unknown> = {};
        for (const key in inConfig) own[key] = (this as Record<string, unknown>)[key];
        return { ...own, ...readOptions(placeOf(this), pick(fields, recorded), options) };
      }
    }
    made = Defined;
    return made;
  };

  const op = (...args: unknown[]): unknown => {
    while (args.length > 0 && args.at(-1) === undefined) args.pop();
    const last = args.at(-1);
    const hasOptions = isDict(last) && !(toWire in last);
    const passed = hasOptions ? args.slice(0, -1) : args;
    const options = hasOptions ? last : NO_OPTIONS;
    checkInputs(className, definition, passed);
    const inputs = variadic ? passed : passed.slice(0, tensors.length);
    if (tensorsIn([inputs, Object.values(options)], NO_KEYWORDS).length === 0) {
      // at most 1,000: mostTensors
      return compute(...read(inputs), readOptions(className, fields, options));
    }
    const valueAt = (key: string) => (key in options ? options[key] : fields[key]?.default);
    const operation = new (classOf())(without(options, recorded));
    return operation.invoke(
      [...inputs, ...positional.map(valueAt)],
      call.length === 0 ? NO_KEYWORDS : Object.fromEntries(call.map((key) => [key, valueAt(key)])),
    );
  };
  Object.defineProperty(op, "name", { value: toSnakeCase(className) });
  Object.defineProperty(op, "Operation", { get: classOf, enumerable: true });
  return Object.assign(op, { tensors, fields }) as unknown as T;
}

/** The items of a list of tensors: each may be a list of numbers. */
function tensorsOfLists(where: string, list: unknown): unknown {
  if (Array.isArray(list)) return list.map(tensorOfList);
  throw new ModelError(where, `expected a list of tensors, received ${inspect(list)}.`);
}

/** The record of an op's call: its tensors, then what is recorded with them. */
function callOf(tensors: readonly string[], recorded: readonly string[]): Signature {
  const args: Record<string, Argument> = {};
  for (const name of tensors) args[name] = structure();
  for (const name of recorded) args[name] = option();
  const [first = "inputs"] = Object.keys(args);
  return takes(first, { [first]: structure(), ...args });
}

/** An op of one tensor. */
export function unary<const F extends Fields = Record<never, never>, S = KerasTensor, R = Numeric>(
  path: string,
  compute: (x: OperandLike, options: ValuesOf<F>) => R,
  fields?: () => F,
  settings: OpSettings = {},
): UnaryOp<F, S, R> {
  return defineOp<UnaryOp<F, S, R>>({ tensors: ["x"], ...settings, path, fields, compute });
}

/** An op of two tensors. */
export function binary<const F extends Fields = Record<never, never>, S = KerasTensor, R = Numeric>(
  path: string,
  compute: (x1: OperandLike, x2: OperandLike, options: ValuesOf<F>) => R,
  fields?: () => F,
  settings: OpSettings = {},
): BinaryOp<F, S, R> {
  return defineOp<BinaryOp<F, S, R>>({ tensors: ["x1", "x2"], ...settings, path, fields, compute });
}

/** An op of a list of tensors. */
export function listed<const F extends Fields = Record<never, never>, S = KerasTensor, R = Numeric>(
  path: string,
  compute: (xs: readonly OperandLike[], options: ValuesOf<F>) => R,
  fields?: () => F,
  settings: OpSettings = {},
): ListOp<F, S, R> {
  return defineOp<ListOp<F, S, R>>({ tensors: ["xs"], isListed: true, ...settings, path, fields, compute });
}

/** A result that does not depend on the numbers of traced inputs, as a traced value like them. */
export function likeInputs(inputs: readonly unknown[], result: unknown): unknown {
  if (Array.isArray(result)) return result.map((item) => likeInputs(inputs, item));
  if (!(result instanceof Tensor)) return result;
  const traced = inputs.flat().find((input): input is Value => input instanceof Value);
  if (!traced) return result;
  return traced.builder ? traced.builder.constant(result) : new Value(result.shape, result.dtype);
}

const NO_FIELDS: Fields = Object.freeze({});
const NO_OPTIONS: Readonly<Record<string, unknown>> = Object.freeze({});
const nameField: Fields = { name: /* @__PURE__ */ optional(/* @__PURE__ */ nullable(aString), null) };

/** The floats among a call's arguments told apart from ints: numbers that a file has as `2.0` become {@link Float}s. */
function withFloats(args: Arguments): Arguments {
  const known = isMarked(args);
  if (!args.some((arg, i) => arg instanceof Float || (known && typeof arg === "number" && isFloat(args, i))))
    return args;
  const copy = args.map((arg, i) =>
    known && typeof arg === "number" && isFloat(args, i) ? new Float(arg) : arg,
  );
  copyMarks(args, copy);
  for (const [i, arg] of copy.entries()) if (arg instanceof Float) markFloat(copy, i);
  return copy;
}

function pick<T>(record: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> {
  return Object.fromEntries(keys.map((key) => [key, record[key]!]));
}

function without<T>(
  record: Readonly<Record<string, T>>,
  keys: readonly string[],
): Readonly<Record<string, T>> {
  if (keys.length === 0) return record;
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}

/** An op's options with their defaults. */
export function readOptions(
  path: string,
  fields: Fields,
  options: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  const problems = new Problems(path);
  for (const key in options) {
    if (Object.hasOwn(options, key) && !Object.hasOwn(fields, key))
      problems.say(`unknown option ${quote(key)}.${didYouMean(key, Object.keys(fields))}`);
  }
  for (const key in fields) {
    const field = fields[key]!;
    const input = options[key] === undefined ? field.default : options[key];
    if (input !== undefined) values[key] = problems.parse(key, field, input);
    else problems.at(key, () => problems.say(`expected ${field.expected}, received nothing.`));
  }
  if (problems.issues.length > 0) throw new ConfigError(problems.issues);
  return values;
}
