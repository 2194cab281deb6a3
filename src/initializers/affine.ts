import { fromNumbers, toNumbers } from "../tensor/cast.ts";
import type { RandomFloat } from "../tensor/random.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** `x * factor + offset`, rounded to the dtype after each step, as JAX does it. Overwrites `x`. */
export function affine(x: Tensor, factor: number, offset = 0): Tensor {
  const dtype = x.dtype as RandomFloat;
  const constants = toNumbers(fromNumbers(dtype === "float64" ? "float32" : dtype, [2], [factor, offset]));
  const products = step(x, (numbers) => {
    for (let i = 0; i < numbers.length; i++) numbers[i]! *= constants[0]!;
  });
  if (offset === 0) return products;
  return step(products, (numbers) => {
    for (let i = 0; i < numbers.length; i++) numbers[i]! += constants[1]!;
  });
}

function step(x: Tensor, change: (numbers: Float32Array) => void): Tensor {
  const numbers =
    x.dtype === "float64" ? Float32Array.from(x.data as Float64Array) : (toNumbers(x) as Float32Array);
  change(numbers);
  return fromNumbers(x.dtype, x.shape, numbers);
}
