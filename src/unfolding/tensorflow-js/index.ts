import { usual } from "../../dialects/tfjs/nearest.ts";
import { parseDialect } from "../../dialects/version.ts";
import { isMasked } from "../given.ts";
import { rowIn } from "../operations/index.ts";
import type { Reader, Row } from "../unfolding.ts";
import { arithmetic } from "./arithmetic.ts";
import { attending } from "./attention.ts";
import { convolutions } from "./convolutions.ts";
import { einsum } from "./einsum.ts";
import { multiHead } from "./heads.ts";
import { lines } from "./lines.ts";
import { tensorflowJsOperations } from "./operations.ts";
import { pooling } from "./pooling.ts";
import { turned } from "./turned.ts";

/** How layers are written out, by class of `keras.layers`. */
export const tensorflowJsLayers: Readonly<Record<string, Row>> = {
  ...arithmetic,
  ...attending,
  ...convolutions,
  ...einsum,
  ...lines,
  ...multiHead,
  ...pooling,
  ...turned,
};

/** TensorFlow.js: what is here stands for what it has not, or has in part. It has no masks behind most of it. */
export const tensorflowJs: Reader = {
  dialect: parseDialect(usual)!,
  becomes: "layers",
  lacks: () => true,
  layer(layer, target) {
    const { className, module } = layer.constructor;
    const isKnown = module === "keras.layers" && Object.hasOwn(tensorflowJsLayers, className);
    const isPlain = layer.computeDtype === "float32" && layer.variableDtype === "float32" && !isMasked(layer);
    const row = isKnown && isPlain ? tensorflowJsLayers[className] : undefined;
    return row?.(layer as never, target) ?? null;
  },
  // An operation hands no masks on, and a layer in its place would.
  operation: (operation) =>
    isMasked(operation) ? undefined : rowIn(tensorflowJsOperations, operation.constructor),
};
