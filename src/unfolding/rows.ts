import type { Dialect } from "../dialects/version.ts";
import type { Layer } from "../layers/layer.ts";
import { adaptivePooling } from "./adaptive-pooling.ts";
import { withActivationBehind } from "./behind.ts";
import { handsMaskOn } from "./given.ts";
import { withOtherHardSigmoid } from "./hard-sigmoid.ts";
import { lacks } from "./lacks.ts";
import { layerRows } from "./layers.ts";
import { rowOf } from "./operations/index.ts";
import type { Reader, Row, Target, Unfolding } from "./unfolding.ts";

const rows: Readonly<Record<string, Row>> = { ...adaptivePooling, ...layerRows };

/** The classes of layers that can be written out. */
export const layersUnfolded: readonly string[] = Object.keys(rows);

/** A version of Keras. */
export function olderReader(dialect: Dialect): Reader {
  return {
    dialect,
    becomes: "operations",
    lacks: (operation) => lacks(dialect, operation),
    layer: unfoldingOf,
    operation: (operation) => rowOf(operation.constructor),
  };
}

/** What stands for a layer that a version does not have as it is; null where that cannot be said. */
export function unfoldingOf(layer: Layer, target: Target): Unfolding | null {
  const { className, module } = layer.constructor;
  const row = module === "keras.layers" && Object.hasOwn(rows, className) ? rows[className] : undefined;
  const found =
    row?.(layer as never, target) ??
    withOtherHardSigmoid(layer, target) ??
    withActivationBehind(layer, target);
  // Operations hand no masks on.
  return found && (found.layers || !handsMaskOn(layer)) ? found : null;
}
