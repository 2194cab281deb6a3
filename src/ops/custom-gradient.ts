import { ModelError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";

/** What a function with a gradient of its own returns: its output, and what makes gradients of the output's gradient. */
export type WithGradient<R> = readonly [output: R, gradient: (...upstream: never[]) => unknown];

/**
 * A function that says its gradient itself, as `keras.ops.custom_gradient`: called, it gives the output. Nothing in this
 * version asks for gradients.
 *
 * @example
 * // Rounds, and lets gradients through.
 * const rounded = customGradient((x: Operand) => [round(x), (upstream: Operand) => upstream]);
 * rounded(tensor([0.75, 2.25])); // [1, 2]
 */
export function customGradient<A extends readonly unknown[], R>(
  f: (...args: A) => WithGradient<R>,
): (...args: A) => R {
  if (typeof f !== "function") {
    throw new ModelError("customGradient", `expected a function, received ${inspect(f)}.`);
  }
  return (...args) => {
    const returned: unknown = f(...args);
    if (Array.isArray(returned) && returned.length === 2 && typeof returned[1] === "function")
      return returned[0] as R;
    throw new ModelError(
      "customGradient",
      `expected the function to return an output and a function, received ${inspect(returned)}.`,
    );
  };
}
