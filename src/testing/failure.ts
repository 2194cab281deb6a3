import { ModelError } from "../errors.ts";
import { quote } from "../json/quote.ts";
import type { Layer } from "../layers/layer.ts";

/** Says what is wrong with a layer. */
export function failCheck(layer: Layer, message: string): never {
  const path = `checkLayer: ${layer.constructor.className} ${quote(layer.name)}`;
  throw new ModelError(path, message);
}
