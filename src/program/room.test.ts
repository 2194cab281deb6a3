import { expect, it } from "vitest";
import { reference } from "../engines/reference/index.ts";
import { cloneModel, Input, ModelError, modelFromJson, Sequential } from "../index.ts";
import { Dense, Embedding, RepeatVector, TimeDistributed } from "../layers/index.ts";
import { saveModel, toBytes } from "../saving/index.ts";

const large = 2 ** 31;
const chunks = async (model: Sequential) => {
  for await (const _ of saveModel(model));
};

it.each<[string, () => Sequential, string]>([
  [
    "a Dense",
    () => new Sequential([Input({ shape: [4] }), new Dense({ units: large, name: "d" })], { name: "m" }),
    "d/kernel: expected memory for a float32 variable of shape (4, 2147483648), 34359738368 bytes, received none.",
  ],
  [
    "an Embedding",
    () =>
      new Sequential(
        [Input({ shape: [4] }), new Embedding({ input_dim: 2 ** 40, output_dim: 4, name: "e" })],
        {
          name: "m",
        },
      ),
    "e/embeddings: expected memory for a float32 variable of shape (1099511627776, 4), 17592186044416 bytes, received none.",
  ],
])("%s of weights that nothing can hold says so wherever they are needed", async (_, make, message) => {
  const uses: readonly ((model: Sequential) => unknown)[] = [
    (model) => model.load(),
    (model) => model.predict([[1, 2, 3, 4]]),
    (model) => model.predict([[1, 2, 3, 4]], { engine: reference }),
    (model) => model.export(),
    (model) => toBytes(model),
    chunks,
    (model) => modelFromJson(model.toJson()).load(),
    (model) => cloneModel(model, { weights: "copy" }).load(),
    (model) => model.weights[0]!.value,
  ];
  for (const use of uses) {
    const error = await Promise.resolve()
      .then(() => use(make()))
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ModelError);
    expect(String(error)).toContain(message);
  }
});

it("a result that nothing can hold says which", async () => {
  const model = new Sequential([Input({ shape: [4] }), new RepeatVector({ n: large })]);
  await expect(model.predict([[1, 2, 3, 4]], { engine: reference })).rejects.toThrow(
    "reference: expected memory for a float32 tensor of shape (None, 2147483648, 4), the result of broadcast_to, received none.",
  );
});

it("a layer inside of another one has its own path", async () => {
  const inner = new Dense({ units: large, name: "d" });
  const model = new Sequential([Input({ shape: [2, 4] }), new TimeDistributed({ layer: inner, name: "t" })], {
    name: "m",
  });
  await expect(model.load()).rejects.toThrow("m/t/d/kernel: expected memory for a float32 variable");
});
