import { describe, expect, it } from "vitest";
import { useReference } from "../../engines/reference/index.ts";
import { setMask } from "../../graph/mask.ts";
import { fromNested, toNested } from "../../tensor/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { Input } from "../core/input-layer.ts";
import { AveragePooling2D, GlobalAveragePooling1D, MaxPooling2D } from "./index.ts";

useReference();

describe("pooling", () => {
  it("steps as far as its window is large, unless told", () => {
    expect(new MaxPooling2D({ pool_size: [2, 3] }).strides).toEqual([2, 3]);
    expect(new MaxPooling2D({ pool_size: 2, strides: 1 }).strides).toEqual([1, 1]);
    expect(new MaxPooling2D({ pool_size: 3 }).getConfig().strides).toEqual([3, 3]);
  });

  it("needs a size of the window where Keras does", () => {
    expect(() => new AveragePooling2D({} as never)).toThrow(
      "AveragePooling2D.pool_size: expected an integer of at least 1 or 2 of them, received nothing.",
    );
  });

  it("refuses an input of another rank", () => {
    expect(() => new MaxPooling2D({ name: "p" }).apply(Input({ shape: [4, 4] }))).toThrow(
      'layer "p": expected rank 4, received shape (None, 4, 4).',
    );
  });

  it("leaves out what is masked, whatever is there", () => {
    const x = fromNested([[[1], [Number.NaN], [5]]], "float32");
    setMask(x, fromNested([[true, false, true]], "bool"));
    expect(toNested(new GlobalAveragePooling1D().apply<Tensor>(x))).toEqual([[3]]);
  });
});
