import type { Spec } from "../../program/value.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { castTo } from "./cast.ts";

type AnyKernel = (inputs: readonly Tensor[], attributes: never, specs: readonly Spec[]) => Tensor[];

function isHalf(dtype: DType): boolean {
  return dtype === "float16" || dtype === "bfloat16";
}

function widen<T extends { readonly dtype: DType }>(thing: T, change: (thing: T) => T): T {
  return isHalf(thing.dtype) ? change(thing) : thing;
}

/** Lets kernels that compute see float16 and bfloat16 as float32; what they give is rounded to the dtype due. */
export function inFloat32<T extends Record<string, AnyKernel>>(table: T): T {
  const wrapped = Object.entries(table).map(([name, kernel]) => {
    const inner: AnyKernel = (inputs, attributes, specs) => {
      if (!inputs.some(({ dtype }) => isHalf(dtype)) && !specs.some(({ dtype }) => isHalf(dtype))) {
        return kernel(inputs, attributes, specs);
      }
      const wide = inputs.map((input) => widen(input, (half) => castTo(half, "float32")));
      const wideSpecs = specs.map((spec) => widen(spec, ({ shape }) => ({ shape, dtype: "float32" })));
      return kernel(wide, attributes, wideSpecs).map((tensor, i) => castTo(tensor, specs[i]!.dtype));
    };
    return [name, inner];
  });
  return Object.fromEntries(wrapped) as T;
}
