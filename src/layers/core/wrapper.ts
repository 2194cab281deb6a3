import type { OptionsOf } from "../../fields/field.ts";
import type { Nested } from "../../graph/nested.ts";
import { type AnyArguments, type Signature, structure, takes } from "../../graph/signature.ts";
import { kerasLayer, type LayerConstructor, type LayerOptions } from "../define.ts";
import { Layer } from "../layer.ts";
import { layer } from "../layer-field.ts";

export const wrapperFields = {
  /** The layer inside, which may be a model. */
  layer: layer(),
};

/** What layers do that hold another one: build it for their own input, and write it as it is now. */
export abstract class Wrapping<S extends Signature> extends Layer<S> {
  declare readonly layer: Layer;

  override build(shape: Nested<number | null>): void {
    this.layer.buildOn(shape);
  }

  protected override objectsInside(): Readonly<Record<string, unknown>> {
    return { layer: this.layer };
  }
}

/** The base of a layer class that holds another layer. */
export function wrapping<const A extends AnyArguments, const N extends string>(
  className: string,
  call: Signature<A, N>,
): LayerConstructor<typeof wrapperFields, Signature<A, N>> {
  return kerasLayer(className, wrapperFields, call, Wrapping<Signature<A, N>>);
}

/** What {@link Wrapper} takes. */
export interface WrapperOptions extends LayerOptions, OptionsOf<typeof wrapperFields> {}

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
export class Wrapper extends wrapping("Wrapper", takes("inputs", { inputs: structure() }))<WrapperOptions> {}
