import { bool } from "../../fields/shorthands.ts";

/** How a recurrent layer goes through a sequence, and what it gives back. */
export const sequenceFields = {
  /** Whether the outputs of all steps are returned, not only the last one. */
  return_sequences: bool(false),
  /** Whether the last states are returned after the output. */
  return_state: bool(false),
  /** Whether it goes from the last step to the first; the outputs of all steps are in that order too. */
  go_backwards: bool(false),
  /** Whether the last states of a batch are the first of the next one. Needs a fixed batch size. */
  stateful: bool(false),
  /** Whether the steps are written out one by one: faster for short sequences. Needs a fixed length. */
  unroll: bool(false),
  /** Whether the output of a masked step is zero, not the output before it. */
  zero_output_for_mask: bool(false),
};
