import { aNumber, refine, required } from "../../fields/kinds.ts";
import { float } from "../../fields/shorthands.ts";

/** A number of steps: more than 0, and kept as the int or float it is. */
export const steps = () => required(refine(aNumber, "a number above 0", (value) => value > 0));

export const initialRate = {
  /** The learning rate of the first step. */
  initial_learning_rate: float(),
};
