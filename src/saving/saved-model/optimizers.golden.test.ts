import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadModel } from "../load.ts";
import { fileOf, goldenSample, type Stored, storedTensor } from "./golden.fixture.ts";

/** What an optimizer of tf.keras 2.15 keeps, as golden/README.md defines it. */
interface Kept {
  readonly variables: readonly (Stored & { readonly name: string })[];
  readonly learning_rate?: Stored;
  readonly product?: Stored;
}

const { files } = await goldenSample("optimizers", "2.15");
const records: Readonly<Record<string, Kept>> = JSON.parse(
  readFileSync("golden/2.15/saved-model/optimizers.json", "utf8"),
);

const numbersOf = (stored: Stored) => [...storedTensor(stored).data].map(Number);

describe("a SavedModel of tf.keras 2.15", () => {
  const { adafactor, ...others } = records;

  it("has what its Adafactor kept, and numbers in the place of rows and columns of biases", async () => {
    const { optimizer } = await loadModel(fileOf(files, "adafactor/saved_model.pb"));
    const [count, ...slots] = adafactor!.variables.map(numbersOf);
    const [r, c, kernel, bias, ...ofSecond] = slots;
    const expected = [count, numbersOf(adafactor!.learning_rate!), r, c, kernel, [0], [0], bias];
    const second = [...ofSecond.slice(0, 3), [0], [0], ofSecond[3]];
    expect(optimizer?.variables.map(({ value }) => [...value.data].map(Number))).toEqual([
      ...expected,
      ...second,
    ]);
  });

  it.each(Object.entries(others))("has what its optimizer kept: %s", async (name, record) => {
    const model = await loadModel(fileOf(files, `${name}/saved_model.pb`), {
      onUnknown: ({ message }) => expect.fail(message),
    });
    const { optimizer } = model;
    const [count, ...slots] = record.variables;
    const isIdle = /^sgd(?!_momentum)/.test(name);
    // Averages are the first of what stands for each weight, and kernels the first of what is averaged.
    const used = isIdle ? slots.slice(0, name === "sgd_ema" ? 2 : 0) : slots;
    const averages = name.endsWith("_ema") ? 2 : 0;
    const expected = [
      count!,
      ...(record.learning_rate ? [record.learning_rate] : []),
      ...used.slice(0, averages),
      ...(record.product ? [record.product] : []),
      ...used.slice(averages),
    ];
    expect(optimizer?.variables.map(({ value }) => [...value.data].map(Number))).toEqual(
      expected.map(numbersOf),
    );
    expect(optimizer?.iterations).toBe(3);
  });
});
