import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { expectClose } from "../../engines/expect-close.ts";
import { reference } from "../../engines/reference/index.ts";
import { fromNumbers } from "../../tensor/create.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { loadModel, loadWeights } from "../load.ts";

interface StoredValues {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}
interface Facts {
  readonly class_name: string;
  readonly inputs: readonly StoredValues[];
  readonly outputs: readonly StoredValues[];
}

const folder = new URL("../../../golden/1.2/models/", import.meta.url);
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".h5"))
  .map((name) => name.slice(0, -3));
const bytesOf = (name: string) => new Blob([readFileSync(new URL(`${name}.h5`, folder))]);
const factsOf = (name: string): Facts =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8")) as Facts;
const tensorOf = ({ dtype, shape, values }: StoredValues) => fromNumbers(dtype, shape, values);

describe.each(names)("the model %s of Keras 1", (name) => {
  const { inputs, outputs } = factsOf(name);
  const given = inputs.map(tensorOf);

  it("computes what it computed there", async () => {
    const model = await loadModel(bytesOf(name));
    const found = [
      await model.predict((given.length === 1 ? given[0] : given) as never, { engine: reference }),
    ];
    for (const [i, tensor] of (found.flat() as Tensor[]).entries())
      expectClose(tensor, tensorOf(outputs[i]!), `output ${i}`, 2e-6);
  });

  it("has the weights for a model that is there", async () => {
    const model = await loadModel(bytesOf(name));
    await model.load();
    const before = model.weights.map(({ value }) => value);
    for (const weight of model.weights)
      weight.assign(fromNumbers(weight.dtype, weight.shape, new Array(weight.value.size).fill(0)));
    expect(await loadWeights(model, bytesOf(name))).toEqual([]);
    await model.load();
    expect(model.weights.map(({ value }) => value)).toEqual(before);
  });
});
