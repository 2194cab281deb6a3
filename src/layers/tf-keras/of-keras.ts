import type { Layer, LayerClass } from "../layer.ts";

type Class = LayerClass & { readonly prototype: object };

/** The class of Keras that a layer is of, or that its own class extends; without a module where it is of none. */
export function ofKeras(layer: Layer): Class {
  let cls = layer.constructor as Class;
  while (cls.module === null) {
    const base = Object.getPrototypeOf(cls) as Class;
    if (base.module === undefined) break;
    cls = base;
  }
  return cls;
}
