import { EngineError } from "../../errors.ts";
import { inspect } from "../../json/inspect.ts";
import type { Evaluate } from "../../program/eager.ts";
import type { PrimitiveName, SpecRule } from "../../program/primitives.ts";
import { saysNoRoom } from "../../tensor/new-array.ts";
import { formatShape } from "../../tensor/shape.ts";
import type { Kernel } from "./kernel.ts";

/** How some primitives are computed. */
export type Kernels = { readonly [K in PrimitiveName]?: Kernel<K> };
type Rules = { readonly [K in PrimitiveName]?: SpecRule<K> };

/** What the program has of them. */
const known: { kernels: Kernels; rules: Rules } = { kernels: {}, rules: {} };

/** Lets primitives be computed: these are their kernels and rules. */
export function addKernels<K extends PrimitiveName>(
  kernels: { readonly [P in K]: Kernel<P> },
  rules: { readonly [P in K]: SpecRule<P> },
): void {
  known.kernels = { ...known.kernels, ...kernels };
  known.rules = { ...known.rules, ...rules };
}

/** Computes one primitive on tensors that fit it; a misfit is a ShapeError. */
export const evaluate: Evaluate = (primitive, inputs, attributes) => {
  const isKnown = typeof primitive === "string" && Object.hasOwn(known.kernels, primitive);
  const [kernel, rule] = isKnown ? [known.kernels[primitive], known.rules[primitive]] : [];
  if (!kernel || !rule) {
    const message = `expected a primitive that is computed at once, received ${inspect(primitive)}.`;
    throw new EngineError(
      "evaluate",
      `${message} A program that imports tensor from "ceratops" computes all.`,
    );
  }
  const specs = rule(inputs, attributes);
  try {
    return kernel(inputs, attributes, specs);
  } catch (cause) {
    if (!saysNoRoom(cause)) throw cause;
    const results = specs.map(({ shape, dtype }) => `a ${dtype} tensor of shape ${formatShape(shape)}`);
    const message = `expected memory for ${results.join(" and ")}, the result of ${primitive}, received none.`;
    throw new EngineError("reference", message, { cause });
  }
};
