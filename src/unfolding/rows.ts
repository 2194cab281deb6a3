import type { Layer } from "../layers/layer.ts";
import { withOtherHardSigmoid } from "./hard-sigmoid.ts";
import type { Row, Target, Unfolding } from "./unfolding.ts";

/** By class of Keras. */
const rows: Readonly<Record<string, Row>> = {};

/** What stands for a layer that a version does not have as it is; null where that cannot be said. */
export function unfoldingOf(layer: Layer, target: Target): Unfolding | null {
  const { className, module } = layer.constructor;
  const row = module === "keras.layers" && Object.hasOwn(rows, className) ? rows[className] : undefined;
  return row?.(layer as never, target) ?? withOtherHardSigmoid(layer, target);
}
