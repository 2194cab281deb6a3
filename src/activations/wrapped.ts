import type { Operation } from "../graph/graph.ts";
import type { OpaqueObject } from "../registry/opaque.ts";
import type { Activation } from "./activation.ts";

const layers = new WeakMap<Activation, Operation>();
const opaques = new WeakMap<Activation, OpaqueObject>();

/** The layer that an activation stands for, such as a `PReLU`; undefined for a function. */
export function layerOf(activation: Activation): Operation | undefined {
  return layers.get(activation);
}

/** What is kept of an activation whose code is missing. */
export function opaqueOf(activation: Activation): OpaqueObject | undefined {
  return opaques.get(activation);
}

/** A layer as an activation. */
export function ofLayer(layer: Operation): Activation {
  const activation = ((x: unknown) => layer.invoke([x], {})) as Activation;
  layers.set(activation, layer);
  return activation;
}

/** An activation without its code: kept and written back, but using it is an error. */
export function ofOpaque(object: OpaqueObject): Activation {
  const activation = (() => {
    throw object.unusable("activation");
  }) as unknown as Activation;
  opaques.set(activation, object);
  return activation;
}
