import type { RevivableClass } from "../registry/registry.ts";
import * as named from "./classes.ts";

export { type AbsMaxOptions, absMaxQuantize } from "./abs-max.ts";
export * from "./classes.ts";
export { QuantizationConfig } from "./configs.ts";
export { type FakeQuantOptions, fakeQuantWithMinMaxVars } from "./fake-quant.ts";
export { getQuantizer, type QuantizerLike, type QuantizerName } from "./field.ts";
export {
  computeFloat8AmaxHistory,
  computeFloat8Scale,
  type Float8Name,
  quantizeAndDequantize,
} from "./float8.ts";
export {
  absMaxQuantizeGroupedWithZeroPoint,
  dequantizeWithSzMap,
  type GroupedOptions,
} from "./grouped.ts";
export { type PackOptions, packInt4, unpackInt4 } from "./pack.ts";
export { defineQuantizer, Quantizer } from "./quantizer.ts";

/** Every class of Keras's quantizers, for a registry. */
export const classes: readonly RevivableClass[] = /* @__PURE__ */ Object.values(named);
