import type { Fields } from "../../fields/field.ts";
import type { AnyArguments, Signature } from "../../graph/signature.ts";
import { classOf } from "../../registry/class-of.ts";
import { type LayerConstructor, oneTensor, withBaseFields } from "../define.ts";
import { Layer } from "../layer.ts";

/** A layer class that a module of `keras.applications` has of its own, and Keras registers under its name alone. */
export function applicationLayer<
  const F extends Fields,
  const A extends AnyArguments,
  const N extends string,
>(
  application: string,
  className: string,
  fields: F,
  call: Signature<A, N>,
): LayerConstructor<F, Signature<A, N>>;
export function applicationLayer<const F extends Fields>(
  application: string,
  className: string,
  fields: F,
): LayerConstructor<F>;
export function applicationLayer(
  application: string,
  className: string,
  fields: Fields,
  signature: Signature = oneTensor,
): unknown {
  const module = `keras.src.applications.${application}`;
  return classOf(Layer, {
    className,
    module,
    registeredName: className,
    fields: withBaseFields(fields),
    signature,
  });
}
