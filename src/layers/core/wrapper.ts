import { type Signature, structure, takes } from "../../graph/signature.ts";
import type { JsonObject } from "../../json/json.ts";
import type { Shape } from "../../tensor/shape.ts";
import { kerasLayer, type LayerConstructor } from "../define.ts";
import { layer, withLayers } from "../layer-field.ts";

const fields = {
  /** The layer inside. */
  layer: layer(),
};

/** A layer class that holds another layer and builds it for its own input. */
export function wrapping<S extends Signature>(
  className: string,
  call: S,
): LayerConstructor<typeof fields, S> {
  class Wrapping extends kerasLayer(className, fields, call as Signature) {
    override build(shape: Shape): void {
      this.layer.buildOn(shape);
    }

    override getConfig(): JsonObject {
      return withLayers(super.getConfig(), { layer: this.layer });
    }
  }
  return Wrapping as unknown as LayerConstructor<typeof fields, S>;
}

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
export class Wrapper extends wrapping("Wrapper", takes("inputs", { inputs: structure() })) {}
