import { b, f32, i32, type KnownValues, of } from "./known-value.ts";

/** What IEEE 754 and NumPy say. */
export const bitValues: KnownValues<"bitcast" | "nonzero" | "scatter_fold"> = {
  bitcast: [
    [[f32([3], [1, -2, 0])], { dtype: "int32" }, [i32([3], [0x3f800000, -0x40000000, 0])]],
    [[i32([1, 2], [1, 0])], { dtype: "uint8" }, [of("uint8", [1, 8], [1, 0, 0, 0, 0, 0, 0, 0])]],
    [[of("uint8", [4], [0, 0, 128, 63])], { dtype: "float32" }, [f32([1], [1])]],
  ],
  nonzero: [
    [[b([2, 3], [0, 1, 1, 1, 0, 0])], {}, [i32([2, 3], [0, 0, 1, 1, 2, 0])]],
    [[b([2], [0, 0])], {}, [i32([1, 0], [])]],
  ],
  scatter_fold: [
    [
      [f32([3], [1, 2, 3]), i32([3, 1], [0, 0, 2]), f32([3], [5, 7, 2])],
      { reduction: "mul" },
      [f32([3], [35, 2, 6])],
    ],
    [
      [f32([3], [1, 2, 3]), i32([3, 1], [0, 0, -1]), f32([3], [5, 7, 2])],
      { reduction: "max" },
      [f32([3], [7, 2, 3])],
    ],
    [
      [f32([3], [1, 2, 3]), i32([3, 1], [0, 0, 2]), f32([3], [5, -7, 2])],
      { reduction: "min" },
      [f32([3], [-7, 2, 2])],
    ],
  ],
};
