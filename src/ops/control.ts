import { ModelError } from "../errors.ts";
import { checkOptions } from "../json/check-options.ts";
import { inspect } from "../json/inspect.ts";
import { runCalling } from "../program/calling.ts";
import { dtypeOf, type Numeric } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { condPrim, controlRules, whilePrim } from "../program/rules/control.ts";
import { describe, eitherShape } from "../program/rules/fit.ts";
import { Value } from "../program/value.ts";
import { formatShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import {
  capturedBy,
  computationOf,
  expectStructure,
  leavesOf,
  packed,
  programOf,
  type Structure,
  traceApart,
} from "./body.ts";
import { asBool, asDType, asOperand, asResult, type OperandLike } from "./operands.ts";

/** A function that is called without arguments, and gives tensors in lists and dicts. */
type Branch<T extends Structure> = () => T;

/** Values in the form in which a function gave them: numbers have become tensors. */
export type Computed<T> = Structure extends T
  ? Structure
  : T extends OperandLike
    ? Numeric
    : T extends object
      ? { readonly [K in keyof T]: Computed<T[K]> }
      : T;

/**
 * What `trueFn` gives where `pred` is true, else what `falseFn` gives.
 *
 * On numbers only one of the two is called. Where the condition is known only when a program runs, both are traced, must
 * give the same structure, shapes and dtypes, and may assign no variable; one of them then runs.
 *
 * @param pred A scalar; what is not 0 is true.
 */
export function cond<T extends Structure>(
  pred: OperandLike,
  trueFn: Branch<T>,
  falseFn: Branch<T>,
): Computed<T> {
  for (const [name, branch] of Object.entries({ trueFn, falseFn })) {
    if (typeof branch !== "function")
      throw new ModelError("cond", `expected ${name} to be a function, received ${inspect(branch)}.`);
  }
  const condition = asBool(asResult(asOperand(pred)));
  if (condition.shape.length > 0)
    throw new ModelError("cond", `expected pred to be a scalar, received ${formatShape(condition.shape)}.`);
  if (condition instanceof Tensor) {
    const result = condition.data[0] ? trueFn() : falseFn();
    return packed(result, leavesOf("cond", result)) as Computed<T>;
  }
  return branched(condition, trueFn, falseFn) as Computed<T>;
}

function branched(condition: Value, trueFn: Branch<Structure>, falseFn: Branch<Structure>): Structure {
  const builder = computationOf([condition]);
  if (builder === "shapes" || builder === null) return abstractly(condition, trueFn, falseFn);
  const bodies = [trueFn, falseFn].map((branch) => traceApart("cond", builder, [], branch));
  const [yes, no] = bodies as [(typeof bodies)[number], (typeof bodies)[number]];
  expectStructure("cond", no.result, yes.result);
  const captured = capturedBy(bodies);
  const results = condPrim(condition, captured, programOf(yes, captured), programOf(no, captured));
  return packed(yes.result, results);
}

/** The shapes that both branches give. */
function abstractly(condition: Value, trueFn: Branch<Structure>, falseFn: Branch<Structure>): Structure {
  const [yes, no] = [trueFn, falseFn].map((branch) => runCalling({ within: { builder: null } }, branch));
  expectStructure("cond", no as Structure, yes as Structure);
  const [first, second] = [yes, no].map((result) => leavesOf("cond", result as Structure));
  const program = (outputs: readonly Numeric[]) => ({
    inputs: [],
    constants: new Map(),
    variables: new Map(),
    instructions: [],
    outputs: outputs as readonly Value[],
    updates: new Map(),
  });
  const specs = controlRules.cond([condition], { yes: program(first ?? []), no: program(second ?? []) });
  return packed(
    yes as Structure,
    specs.map(({ shape, dtype }) => new Value(shape, dtype)),
  );
}

/**
 * The result of one of some functions, which all get `operands`. An index outside of them stands for the nearest.
 *
 * @param index An integer scalar.
 */
export function switchCase<T extends Structure, Operands extends readonly Structure[]>(
  index: OperandLike,
  branches: readonly ((...operands: Operands) => T)[],
  ...operands: Operands
): Computed<T> {
  const list: typeof branches = Array.isArray(branches) ? branches : [];
  const [first] = list;
  if (!first || !list.every((branch) => typeof branch === "function"))
    throw new ModelError("switch", `expected a list of functions, received ${inspect(branches)}.`);
  const at = asDType(asResult(asOperand(index)), "int32");
  const from = (start: number): Computed<T> => {
    const branch = branches[start] ?? first;
    const body = () => branch(...operands); // at most 1,000: who calls writes them out
    if (start >= branches.length - 1) return cond(true, body, body);
    return cond(
      prim("le", [at, asDType(start, "int32")]),
      body as Branch<never>,
      () => from(start + 1) as never,
    );
  };
  return from(0);
}

/** How many states a loop passes one by one. */
const mostStates = 1000;

/** Settings of `whileLoop`. */
export interface WhileLoopOptions {
  /** After how many steps it ends in any case. Defaults to null: never. */
  readonly maximum_iterations?: number | null;
}

/**
 * `body` again and again, on what it gave before, while `test` says so: both get the members of a list one by one, or
 * one value.
 *
 * On numbers the functions are called for each step. Else each is traced once; states keep their structure and dtypes,
 * and no variable is assigned.
 *
 * @param loopVars The first states: a list, whose members are passed one by one, or one value.
 */
export function whileLoop<T extends Structure>(
  test: (...states: never[]) => OperandLike,
  body: (...states: never[]) => Structure,
  loopVars: T,
  options: WhileLoopOptions = {},
): Computed<T> {
  checkOptions("whileLoop", options, { maximum_iterations: true });
  const { maximum_iterations: most = null } = options;
  for (const [name, given] of Object.entries({ test, body })) {
    if (typeof given !== "function")
      throw new ModelError("whileLoop", `expected ${name} to be a function, received ${inspect(given)}.`);
  }
  if (most !== null && !(Number.isInteger(most) && most >= 0))
    throw new ModelError("whileLoop", `expected maximum_iterations from 0, received ${inspect(most)}.`);
  const isList = Array.isArray(loopVars);
  if (isList && loopVars.length > mostStates)
    throw new ModelError("whileLoop", `expected at most ${mostStates} states, received ${loopVars.length}.`);
  const passing =
    <R>(call: (...states: never[]) => R) =>
    (states: Structure): R =>
      call(...((isList ? states : [states]) as never[])); // at most 1,000: mostStates
  const asked = passing(test);
  const next = (states: Structure): Structure => {
    const result = passing(body)(states);
    const same = isList && !Array.isArray(result) ? [result] : result;
    expectStructure("whileLoop", same, loopVars);
    return same;
  };
  if (most === null) return looped(asked, next, loopVars) as Computed<T>;
  const counted = looped(
    (pair) => {
      const [count, states] = pair as readonly [Numeric, Structure];
      const isEarly = prim("lt", [count, asDType(most, "int32")]);
      return prim("and", [isEarly, asBool(asResult(asOperand(asked(states))))]);
    },
    (pair) => {
      const [count, states] = pair as readonly [Numeric, Structure];
      return [prim("add", [count, asDType(1, "int32")]), next(states)];
    },
    [asDType(0, "int32"), loopVars],
  ) as readonly [Numeric, Structure];
  return counted[1] as Computed<T>;
}

type Test = (states: Structure) => OperandLike;

function looped(test: Test, body: (states: Structure) => Structure, first: Structure): Structure {
  const asked = (states: Structure) => asBool(asResult(asOperand(test(states))));
  const initial = leavesOf("whileLoop", first);
  const computation = computationOf(initial);
  if (computation === "shapes") {
    const next = runCalling({ within: { builder: null } }, () =>
      leavesOf("whileLoop", body(packed(first, initial))),
    );
    return packed(
      first,
      initial.map(({ shape, dtype }, i) => new Value(eitherShape(shape, next[i]?.shape ?? shape), dtype)),
    );
  }
  if (computation === null) return stepped(asked, body, first, initial);
  const traced = traceApart("whileLoop", computation, initial, (states) => body(packed(first, states)));
  const condition = traceApart("whileLoop", computation, initial, (states) => asked(packed(first, states)));
  const captured = capturedBy([traced, condition]);
  const attributes = {
    test: programOf(condition, captured),
    body: programOf(traced, captured),
    consts: captured.length,
  };
  return packed(first, whilePrim([...captured, ...initial], attributes));
}

/** The steps, now. */
function stepped(
  asked: (states: Structure) => Numeric,
  body: (states: Structure) => Structure,
  first: Structure,
  initial: readonly Numeric[],
): Structure {
  let states = packed(first, initial);
  for (;;) {
    const isOn = asked(states);
    if (!(isOn instanceof Tensor)) throw new ModelError("whileLoop", "expected a condition of numbers.");
    if (!isOn.data[0]) return states;
    const next = leavesOf("whileLoop", body(states));
    for (const [i, leaf] of next.entries()) {
      const [expected, received] = [describe(initial[i] ?? leaf), describe(leaf)];
      if (expected === received) continue;
      throw new ModelError("whileLoop", `expected state ${i} to stay ${expected}, received ${received}.`);
    }
    states = packed(first, next);
  }
}

/**
 * `body(i, value)` for each integer from `lower` to before `upper`, on what it gave before.
 *
 * @param lower The first integer.
 * @param upper The integer before which it ends.
 * @param initVal The first value.
 */
export function foriLoop<T extends Structure>(
  lower: OperandLike,
  upper: OperandLike,
  body: (i: Numeric, value: Computed<T>) => Structure,
  initVal: T,
): Computed<T> {
  const [start, end] = [lower, upper].map((n) => asDType(asResult(asOperand(n)), "int32"));
  const [, result] = looped(
    (pair) => prim("lt", [(pair as readonly [Numeric])[0], end as Numeric]),
    (pair) => {
      const [i, value] = pair as readonly [Numeric, Structure];
      const next = body(i, value as Computed<T>);
      expectStructure("foriLoop", next, initVal);
      return [prim("add", [i, asDType(1, dtypeOf(i))]), next];
    },
    [start as Numeric, initVal],
  ) as readonly [Numeric, Structure];
  return result as Computed<T>;
}
