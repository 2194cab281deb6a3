import { describe, expect, it } from "vitest";
import { expectClose } from "../../engines/expect-close.ts";
import { reference } from "../../engines/reference/index.ts";
import { fromNumbers } from "../../tensor/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { saveHdf5Model } from "../hdf5-model/save-model.ts";
import { bytesOf, factsOf, names, tensorOf } from "../keras-1.fixture.ts";
import { loadModel, loadWeights } from "../load.ts";
import { gather } from "../save-model.ts";

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

  it("is the same again once it is written for Keras 2", async () => {
    const model = await loadModel(bytesOf(name));
    const again = await loadModel(await gather(saveHdf5Model(model)));
    expect(again.getWeights()).toEqual(model.getWeights());
  });
});
