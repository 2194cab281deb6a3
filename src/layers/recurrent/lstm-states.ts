import { add, multiply } from "../../ops/arithmetic.ts";
import type { Numeric } from "../../program/emit.ts";

/** What goes into the gates of an LSTM: for input, forgetting, candidate and output. */
export type Gates = [input: Numeric, forget: Numeric, candidate: Numeric, output: Numeric];

interface Activations {
  readonly activation: (x: Numeric) => Numeric;
  readonly recurrent_activation: (x: Numeric) => Numeric;
}

/** The states of an LSTM after a step: its output, and its memory. */
export function lstmStates(
  [input, forget, candidate, output]: Gates,
  memory: Numeric,
  { activation, recurrent_activation: opened }: Activations,
): readonly [Numeric, Numeric] {
  const kept = multiply(opened(forget), memory);
  const added = multiply(opened(input), activation(candidate));
  const next = add(kept, added);
  return [multiply(opened(output), activation(next)), next];
}
