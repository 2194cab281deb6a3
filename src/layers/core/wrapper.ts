import type { JsonObject } from "../../json/json.ts";
import type { Shape } from "../../tensor/shape.ts";
import { kerasLayer } from "../define.ts";
import { layer, withLayers } from "../layer-field.ts";

/**
 * The base of layers that hold another layer and do something with it; it does nothing itself. Source: Keras 3.6
 * `layers/core/wrapper.py`.
 *
 * @example
 * class Twice extends Wrapper {
 *   override call(x: Operand) {
 *     return this.layer.apply(this.layer.apply(x));
 *   }
 * }
 */
export class Wrapper extends kerasLayer("Wrapper", {
  /** The layer inside. */
  layer: layer(),
}) {
  override build(shape: Shape): void {
    this.layer.buildWith({ [this.layer.constructor.buildArguments[0]!]: shape });
  }

  override getConfig(): JsonObject {
    return withLayers(super.getConfig(), { layer: this.layer });
  }
}
