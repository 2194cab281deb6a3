import { inspect } from "../../json/inspect.ts";
import { optionProblem } from "../option-problem.ts";

interface Windowed {
  readonly strides: readonly number[];
  readonly dilation_rate: readonly number[];
}

/** Keras allows strides or dilation, not both. */
export function checkStrideOrDilation(
  className: string,
  { strides, dilation_rate: dilation }: Windowed,
): void {
  // at most 3: the axes of a window
  if (Math.max(...strides) === 1 || Math.max(...dilation) === 1) return;
  throw optionProblem(
    className,
    "dilation_rate",
    `expected 1 in every dimension because strides are ${inspect(strides)}, received ${inspect(dilation)}.`,
  );
}
