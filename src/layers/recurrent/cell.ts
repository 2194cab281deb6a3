import { flatten, type Nested } from "../../graph/nested.ts";
import { aTensor, flag, structure, takes } from "../../graph/signature.ts";
import { inspect } from "../../json/inspect.ts";
import { type Dimension, filled } from "../../ops/dimensions.ts";
import { asDType, isOperand } from "../../ops/operands.ts";
import { runCalling } from "../../program/calling.ts";
import type { Numeric } from "../../program/emit.ts";
import { isFloat } from "../../tensor/dtype.ts";
import type { Layer } from "../layer.ts";
import type { States, StepFunction } from "./rnn-loop.ts";

/** How many numbers each state holds: one size, a list of them, or one such entry for each of several cells. */
export type StateSize = number | readonly StateSize[];

/**
 * A layer that does one step of a sequence: `call(inputs, { states, training })` gives `[output, newStates]`.
 * Any layer with a `state_size` is one.
 */
export interface RecurrentCell extends Layer {
  readonly state_size: StateSize;
  /** The size of the output; defaults to that of the first state. */
  readonly output_size?: number | null;
  /** The states before the first step; zeros where a cell does not say. */
  getInitialState?(batch: Dimension): States;
  /**
   * Begins a sequence, for a cell that can do a part of its work for all steps at once. `like` is any tensor of the
   * computation whose first axis is the batch.
   */
  start?(like: Numeric, training: boolean): CellRun;
}

/** A cell's way through one sequence. */
export interface CellRun {
  /** What needs no states: of one input `(batch, …)`, or of those of all steps `(time, batch, …)`. */
  readonly project: (x: Numeric) => Numeric;
  /** The rest of a step. */
  readonly step: StepFunction;
}

/** What a call of a cell takes. */
export const cellCall = takes("inputs", { inputs: aTensor(), states: structure<States>(), training: flag() });

/** What a cell's `call` receives after the inputs. */
export interface CellArguments {
  readonly states: States;
  readonly training: boolean;
}

/** Begins a sequence of any cell, in the dtype that the cell computes in. */
export function startCell(cell: RecurrentCell, like: Numeric, training: boolean): CellRun {
  const { start, computeDtype } = cell;
  if (!start) {
    const kwargs = cell.constructor.signature.names.includes("training") ? { training } : {};
    const step = (x: Numeric, states: States) => {
      const result = cell.invoke([x, listed(states)], kwargs) as [Numeric, States];
      const [given, received] = [states, result[1]].map((each) => flatten(each).length);
      if (given === received) return result;
      throw cell.problem(
        `expected its call to return as many states as it takes, ${given}, received ${received}.`,
      );
    };
    return { project: (x) => x, step };
  }
  const inside = <T>(body: () => T): T =>
    runCalling({ computeDtype: computeDtype === cell.variableDtype ? null : computeDtype }, body);
  const { project, step } = inside(() => start.call(cell, like, training));
  return {
    project: (x) => inside(() => project(isFloat(x.dtype) ? asDType(x, computeDtype) : x)),
    step: (x, states) => inside(() => step(x, states)),
  };
}

/** The `call` of a cell that has `start`: a sequence of one step. */
export function callOnce(
  cell: Layer & Required<Pick<RecurrentCell, "start">> & Pick<RecurrentCell, "state_size">,
  x: Numeric,
  { states, training }: CellArguments,
): readonly [Numeric, States] {
  checkStates(cell, "states", states, cell.state_size);
  const { project, step } = cell.start(x, training);
  return step(project(x), states);
}

/** Complains about states that are not as many tensors as a cell of this size has. */
export function checkStates(layer: Layer, name: string, states: unknown, size: StateSize): void {
  const leaves = flatten(states as Nested<unknown>);
  const wrong = leaves.find((leaf) => !isOperand(leaf));
  const wanted = flatten(size as Nested<number>).length;
  if (wrong === undefined && leaves.length === wanted) return;
  const received = wrong === undefined ? leaves.length : inspect(wrong);
  const expected = wanted === 1 ? "a tensor" : `${wanted} tensors`;
  throw layer.problem(`expected ${name} to be ${expected}, received ${received}.`);
}

/** The states before the first step, as the cell says, else zeros. */
export function initialState(cell: RecurrentCell, batch: Dimension): States {
  return cell.getInitialState?.(batch) ?? zeroStates(cell, cell.state_size, batch);
}

function zeroStates(cell: Layer, size: StateSize, batch: Dimension): States {
  if (typeof size === "number") return filled([batch, size], 0, cell.computeDtype);
  return size.map((inner) => zeroStates(cell, inner, batch));
}

/** States are a list for a cell, also a single one. */
export function listed(states: States): readonly States[] {
  return Array.isArray(states) ? (states as readonly States[]) : [states];
}

/** The size of a cell's output. */
export function outputSize(cell: RecurrentCell): number {
  return cell.output_size ?? flatten(cell.state_size as Nested<number>)[0]!;
}
