import { beforeAll, describe, expect, it } from "vitest";
import { useReference } from "../engines/reference/index.ts";
import { Input, Sequential } from "../index.ts";
import { Dense, EinsumDense, Embedding } from "../layers/index.ts";
import { full, toNested } from "../tensor/create.ts";
import { loadModel, toBytes } from "./index.ts";

beforeAll(useReference);

const made = {
  Dense: () => new Dense({ units: 2, lora_rank: 1, lora_alpha: 3 }),
  EinsumDense: () => new EinsumDense({ equation: "ab,bc->ac", output_shape: [2], lora_rank: 2 }),
  Embedding: () => new Embedding({ input_dim: 4, output_dim: 2, lora_rank: 2 }),
};

describe("a weight with a low-rank update", () => {
  it.each(Object.entries(made))("of a %s is one tensor in files, as Keras has it", async (_, make) => {
    const model = new Sequential([Input({ shape: [3] }), make()]);
    for (const [i, weight] of model.weights.entries()) weight.assign(full(weight.shape, i + 1, "float32"));
    const again = await loadModel(await toBytes(model));
    const x = full([2, 3], 1, "float32");
    expect(toNested(again.apply(x) as never)).toEqual(toNested(model.apply(x) as never));
    const factors = again.weights.filter(({ name }) => name.startsWith("lora_"));
    expect(factors.map(({ value }) => [...new Set(value.data as Float32Array)])).toEqual([[0], [0]]);
  });

  it("of zeros is written as if there were none", async () => {
    const model = new Sequential([Input({ shape: [3] }), made.Dense()]);
    const again = await loadModel(await toBytes(model));
    expect(toNested(again.weights[0]!.value)).toEqual(toNested(model.weights[0]!.value));
  });

  it("is not lost beside a weight in few bits", async () => {
    const model = new Sequential([Input({ shape: [3] }), made.Dense()]);
    await model.quantize("int8");
    await expect(toBytes(model)).resolves.toBeInstanceOf(Uint8Array);
    const b = model.weights.find(({ name }) => name === "lora_kernel_b")!;
    b.assign(full(b.shape, 1, b.dtype));
    await expect(toBytes(model)).rejects.toThrow(/expected a low-rank update of zeros/);
  });
});
