import type { Layer, LayerClass } from "../layer.ts";

/** The class of Keras that a layer is of, or that its own class extends; without a module where it is of none. */
export function ofKeras({ constructor }: Layer): LayerClass & { readonly prototype: object } {
  let cls = constructor as LayerClass & { readonly prototype: object };
  while (cls.module === null) {
    const base = Object.getPrototypeOf(cls) as typeof cls;
    if (base.module === undefined) break;
    cls = base;
  }
  return cls;
}
