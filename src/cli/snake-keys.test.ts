import { expect, it } from "vitest";
import { snakeKeys } from "./snake-keys.ts";

it("makes keys snake case on every level, but those that are names of somebody's own", () => {
  const data = {
    className: "Functional",
    layers: [{ outputShape: { classLogits: [null, 3], box_Corners: [null, 4] }, layers: [{ isOpen: true }] }],
    sizes: { nonTrainable: null },
  };
  expect(snakeKeys(data, new Set(["outputShape"]))).toEqual({
    class_name: "Functional",
    layers: [
      { output_shape: { classLogits: [null, 3], box_Corners: [null, 4] }, layers: [{ is_open: true }] },
    ],
    sizes: { non_trainable: null },
  });
});
