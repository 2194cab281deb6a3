import { invariant } from "../../errors.ts";
import { flatten, type Nested, packLike } from "../../graph/nested.ts";
import { dimensions, filled, reshapeTo } from "../../ops/dimensions.ts";
import { asBool } from "../../ops/operands.ts";
import { scan } from "../../ops/scan.ts";
import { stack } from "../../ops/stacking.ts";
import { flip } from "../../ops/transposing.ts";
import { pairs } from "../../pairs.ts";
import type { Numeric } from "../../program/emit.ts";
import { prim } from "../../program/prim.ts";
import { isAbstract } from "../../program/value.ts";
import { scalar } from "../../tensor/create.ts";
import { entry, swapTimeAndBatch } from "./steps.ts";

/** States of a cell: one tensor, or lists of them. */
export type States = Nested<Numeric>;

/** One step of a cell: the input and the states give the output and the new states. */
export type StepFunction = (x: Numeric, states: States) => readonly [output: Numeric, states: States];

export interface LoopOptions {
  /** `(time, batch, …)`. */
  readonly xs: Numeric;
  readonly states: States;
  /** `(batch, time)` or `(batch, time, n)`: the steps that count. */
  readonly mask: Numeric | null;
  readonly backwards: boolean;
  readonly unroll: boolean;
  /** Whether the outputs of masked steps are zeros, not the output before. As in Keras, not when unrolled. */
  readonly zeroOutputForMask: boolean;
}

export interface LoopResult {
  /** The output of the last step done. */
  readonly last: () => Numeric;
  /** The outputs in the order of the steps: `(time, batch, …)`. */
  readonly all: () => Numeric;
  readonly states: States;
}

/** Goes through the steps of a sequence. Source: Keras 3.6 `backend/jax/rnn.py`. */
export function rnnLoop(step: StepFunction, options: LoopOptions): LoopResult {
  const { unroll, xs } = options;
  // Shapes alone are those of a loop; a file may say a billion steps.
  const isEndless = isAbstract(xs) && xs.shape[0]! > mostUnrolled;
  return unroll && !isEndless ? unrolled(step, options) : looped(step, options);
}

const mostUnrolled = 1000;

function looped(
  step: StepFunction,
  { xs, states, mask, backwards, zeroOutputForMask }: LoopOptions,
): LoopResult {
  const over: readonly [Numeric, ...Numeric[]] = mask ? [xs, stepMask(mask)] : [xs];
  const {
    carries,
    outputs: [stacked],
  } = scan(
    (flat, [x, counts]) => {
      const before = packLike(states, flat);
      const [output, after] = step(x, before);
      const next = flatten(after);
      if (!counts) return { carries: next, outputs: [output] };
      const instead = zeroOutputForMask ? scalar(0, output.dtype) : previousOutput(before);
      return {
        carries: pairs(next, flat).map(([state, other]) => choose(counts, state, other)),
        outputs: [choose(counts, output, instead)],
      };
    },
    { carries: flatten(states), xs: over, reverse: backwards },
  );
  return {
    last: () => entry(stacked, backwards ? 0 : -1),
    all: () => (backwards ? flip(stacked, { axis: 0 }) : stacked),
    states: packLike(states, carries),
  };
}

function unrolled(step: StepFunction, { xs, states, mask, backwards }: LoopOptions): LoopResult {
  const [length] = xs.shape;
  invariant(typeof length === "number", "a loop over an unknown number of steps was unrolled");
  const allCounts = mask && stepMask(mask);
  const outputs: Numeric[] = [];
  let flat = flatten(states);
  for (let i = 0; i < length; i++) {
    const at = backwards ? length - 1 - i : i;
    const [output, after] = step(entry(xs, at), packLike(states, flat));
    const next = flatten(after);
    if (!allCounts) {
      outputs.push(output);
      flat = next;
      continue;
    }
    const counts = entry(allCounts, at);
    const instead = outputs[i - 1] ?? filled(dimensions(output), 0, output.dtype);
    outputs.push(choose(counts, output, instead));
    flat = pairs(next, flat).map(([state, other]) => choose(counts, state, other));
  }
  return {
    last: () => outputs[length - 1]!,
    all: () => stack(outputs),
    states: packLike(states, flat),
  };
}

/** The first state is taken for the output before; of stacked cells, the first of the last cell. */
function previousOutput(states: States): Numeric {
  const isStacked = Array.isArray(states) && Array.isArray(states[0]);
  const [first] = flatten<Numeric>(isStacked ? states.slice(-1) : states);
  invariant(first, "a cell has no state");
  return first;
}

/** A mask as `(time, batch, 1)` booleans. */
function stepMask(mask: Numeric): Numeric {
  const rank = mask.shape.length;
  const counts = asBool(mask);
  if (rank > 2) return swapTimeAndBatch(prim("reduce_any", [counts], { axes: [rank - 1], keepdims: true }));
  const swapped = swapTimeAndBatch(counts);
  return reshapeTo(swapped, [...dimensions(swapped), 1]);
}

/** `value` where the step counts, else `other`. */
function choose(counts: Numeric, value: Numeric, other: Numeric): Numeric {
  const added = value.shape.length - counts.shape.length;
  const fitting =
    added > 0 ? reshapeTo(counts, [...dimensions(counts), ...new Array<number>(added).fill(1)]) : counts;
  return prim("select", [fitting, value, other]);
}
