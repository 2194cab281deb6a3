import { f32, type KnownValues } from "./known-value.ts";

const { NaN: nan } = Number;

/** What JAX gives. */
export const linalgValues: KnownValues<"cholesky"> = {
  cholesky: [
    [
      [f32([3, 3], [4, 2, 1, 2, 5, 3, 1, 3, 6])],
      {},
      [f32([3, 3], [2, 0, 0, 1, 2, 0, 0.5, 1.25, 2.0463380813598633])],
    ],
    [[f32([2, 2, 2], [4, 3, 1, 5, 1, 2, 2, 1])], {}, [f32([2, 2, 2], [2, 0, 1, 2, nan, 0, nan, nan])]],
  ],
};
