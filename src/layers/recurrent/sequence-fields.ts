import { bool } from "../../fields/shorthands.ts";

/** How a recurrent layer goes through a sequence, and what it gives back. */
export const sequenceFields = {
  /** Whether the outputs of all steps are returned, not only that of the last. Defaults to false. */
  return_sequences: bool(false),
  /** Whether the last states are returned after the output, in a list. Defaults to false. */
  return_state: bool(false),
  /** Whether it goes from the last step to the first; the outputs of all steps are in that order too. Defaults to false. */
  go_backwards: bool(false),
  /** Whether each batch starts from the last states of the one before. Needs a fixed batch size. Defaults to false. */
  stateful: bool(false),
  /** Whether the steps are written out one by one: faster for short sequences. Needs a fixed length. Defaults to false. */
  unroll: bool(false),
  /** Whether the output of a masked step is zero, not the output before it. Defaults to false. */
  zero_output_for_mask: bool(false),
};
