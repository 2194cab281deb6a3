import { describe, expect, it } from "vitest";
import { Input, tensor } from "../../index.ts";
import { layer } from "../../layers/define.ts";
import { Dense, Flatten, Normalization, StringLookup } from "../../layers/index.ts";
import { divide } from "../../ops/arithmetic.ts";
import type { Numeric } from "../../program/emit.ts";
import { loadModel, toBytes } from "../../saving/index.ts";
import { toNumbers } from "../../tensor/cast.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { Functional } from "../functional.ts";
import { FeatureSpace, type FeatureSpaceOptions } from "./index.ts";

const features = { age: "float_normalized", city: "string_categorical" } as const;
const table = { age: [20, 30, 50, 60], city: ["Oslo", "Lima", "Oslo", "Rome"] };
const rows = table.age.map((age, i) => ({ age: [age], city: [table.city[i]!] }));
const call = (space: FeatureSpace) =>
  space.apply({ age: tensor(table.age, [4]), city: tensor(table.city) }).toArray();

function adapted(): FeatureSpace {
  const space = new FeatureSpace({ features });
  space.adapt(table);
  return space;
}

async function* stream<T>(batches: readonly T[]): AsyncGenerator<T> {
  for (const batch of batches) yield batch;
}

describe("adapt", () => {
  const samples = table.age.map((age, i) => ({ age, city: table.city[i]! }));
  it.each<[string, (space: FeatureSpace) => void]>([
    ["batches", (space) => space.adapt(rows)],
    ["samples", (space) => space.adapt(samples)],
    ["batches that come once", (space) => space.adapt(rows.values())],
    [
      "columns",
      (space) => space.adapt([{ age: tensor(table.age, [4, 1]), city: tensor(table.city, [4, 1]) }]),
    ],
  ])("learns from %s what it learns from arrays", (_, adapt) => {
    const space = new FeatureSpace({ features });
    adapt(space);
    expect(call(space)).toEqual(call(adapted()));
  });

  it("waits for batches", async () => {
    const space = new FeatureSpace({ features });
    await space.adapt(stream(rows));
    expect(call(space)).toEqual(call(adapted()));
  });

  it("takes more than one batch of samples, whole numbers among others", () => {
    const ages = Array.from({ length: 70 }, (_, i) => (i % 3 === 0 ? i : i + 0.5));
    const [one, other] = [0, 1].map(() => new FeatureSpace({ features: { age: "float_normalized" } }));
    one!.adapt({ age: ages });
    other!.adapt(ages.map((age) => ({ age })));
    expect(other!.apply({ age: tensor([1.5]) })).toEqual(one!.apply({ age: tensor([1.5]) }));
  });

  it("asks layers of one's own to adapt", () => {
    class Largest extends layer("Largest", {}, { package: "test" }) {
      largest = 1;
      adapt(data: Tensor | readonly Tensor[]) {
        const batches = data instanceof Tensor ? [data] : data;
        this.largest = Math.max(...batches.flatMap((batch) => [...toNumbers(batch)]));
      }
      override call(x: Numeric) {
        return divide(x, this.largest);
      }
    }
    for (const data of [{ age: [1, 4, 2] }, [{ age: [1, 2] }, { age: [4] }]]) {
      const age = FeatureSpace.feature({
        dtype: "float32",
        preprocessor: new Largest(),
        output_mode: "float",
      });
      const space = new FeatureSpace({ features: { age } });
      space.adapt(data);
      expect(space.apply({ age: tensor([2]) }).toArray()).toEqual([[0.5]]);
    }
  });

  it("leaves alone what layers were given", () => {
    const space = new FeatureSpace({
      features: {
        city: FeatureSpace.feature({
          dtype: "string",
          preprocessor: new StringLookup({ vocabulary: ["Lima"] }),
          output_mode: "one_hot",
        }),
        age: FeatureSpace.floatDiscretized({ bin_boundaries: [25, 55] }),
      },
    });
    expect(call(space)).toEqual([
      [1, 0, 0, 1, 0],
      [0, 1, 0, 0, 1],
      [0, 1, 0, 1, 0],
      [0, 0, 1, 1, 0],
    ]);
  });

  it.each<[string, unknown, RegExp]>([
    ["a list of numbers", [1, 2], /adapt: expected batches by the names of features, received 1\.$/],
    [
      "a number",
      3,
      /adapt: expected arrays by the names of features, or an iterable of such batches, received 3\.$/,
    ],
    ["one feature of two", { age: [1] }, /adapt\.city: expected values, received those of \["age"\]\.$/],
    ["no array", { age: 1, city: ["a"] }, /adapt\.age: expected an array of samples, received 1\.$/],
    [
      "texts for numbers",
      { age: ["a"], city: ["a"] },
      /: adapt\.age\[0\]: expected a number for float32, received "a"/,
    ],
    [
      "columns of different lengths",
      { age: [1, 2], city: [] },
      /: adapt\.city: expected as many samples as of "age", 2, received 0\.$/,
    ],
    ["no samples", { age: [], city: [] }, /: adapt\.age: expected at least one sample, received none\.$/],
    ["no batches", [], /: adapt\.age: expected at least one sample, received none\.$/],
  ])("refuses %s", (_, data, message) => {
    expect(() => new FeatureSpace({ features }).adapt(data as never)).toThrow(message);
  });
});

describe("options", () => {
  it.each<[string, object, RegExp]>([
    ["none", { features: {} }, /features: expected features by their names, at least one, received \{\}\.$/],
    [
      "an unknown kind",
      { features: { a: "flaot" } },
      /features\.a: expected a feature or one of "float".*Did you mean "float"\?$/,
    ],
    [
      "a cross of one",
      { features, crosses: [["age"]] },
      /FeatureSpace\.crosses\[0\]: expected a list of at least 2 names/,
    ],
    [
      "a cross of strangers",
      { features, crosses: [["age", "x"]] },
      /FeatureSpace\.crosses: expected names of features \["age", "city"\], received "x"\.$/,
    ],
    [
      "a cross called as a feature",
      { features: { ...features, age_X_city: "float" }, crosses: [["age", "city"]] },
      /expected a name that no feature has/,
    ],
    [
      "no size for a cross",
      { features, crosses: [["age", "city"]], crossing_dim: null },
      /crossing_dim: expected a positive integer for crosses, received null\.$/,
    ],
    ["a mode", { features, output_mode: "list" }, /output_mode: expected one of "concat", "dict"/],
  ])("refuses %s", (_, options, message) => {
    expect(() => new FeatureSpace(options as FeatureSpaceOptions)).toThrow(message);
  });

  it("of kinds are checked", () => {
    expect(() => FeatureSpace.float({ nam: "x" } as object)).toThrow(
      /FeatureSpace\.float: unknown option "nam"/,
    );
    expect(() => FeatureSpace.integerHashed({ num_bins: 0 })).toThrow(
      /num_bins: expected a positive integer/,
    );
  });
});

describe("a call", () => {
  it("needs what adapt finds", () => {
    expect(() => call(new FeatureSpace({ features, name: "space" }))).toThrow(
      'model "space": expected a FeatureSpace that was adapted, received one that knows nothing of "age". Call adapt(data) first.',
    );
  });

  it.each<[string, object, RegExp]>([
    ["a tensor", tensor([1]), /expected values by the names of features/],
    ["less", { age: tensor([1]) }, /expected the features \["age", "city"\], received \["age"\]\.$/],
    ["more", { age: tensor([1]), city: tensor(["a"]), x: tensor([1]) }, /received \["age", "city", "x"\]\.$/],
    [
      "numbers for texts",
      { age: tensor([1]), city: tensor([1]) },
      /expected texts for "city", received int32\.$/,
    ],
    ["lists of tensors", { age: tensor([1]), city: [tensor(["a"])] }, /expected a tensor for "city"/],
    [
      "a sample beside a batch",
      { age: tensor(1), city: tensor(["a", "b"]) },
      /expected shapes that differ only along axis 1, received \(1, 1\) and \(2, 4\)\.$/,
    ],
    [
      "symbols",
      { age: Input({ shape: [1] }), city: Input({ shape: [1], dtype: "string" }) },
      /Build a model on getInputs\(\) and getEncodedFeatures\(\)\.$/,
    ],
  ])("refuses %s", (_, data, message) => {
    expect(() => adapted().apply(data as never)).toThrow(message);
  });

  it("refuses to join what is not encoded, and to encode what is not counted", () => {
    const city = FeatureSpace.stringCategorical({ output_mode: "int" });
    const space = new FeatureSpace({ features: { city } });
    expect(() => space.adapt({ city: ["a"] })).toThrow(
      /expected features that can be joined, received int64 of "city"\. Encode it, or use output_mode "dict"\.$/,
    );
    const own = (preprocessor: Flatten | Dense, dtype: string) =>
      new FeatureSpace({
        features: { x: FeatureSpace.feature({ dtype, preprocessor, output_mode: "one_hot" }) },
      });
    expect(() => own(new Flatten(), "int32").getInputs()).toThrow(
      /says how many integers it gives, received a Flatten/,
    );
    expect(() => own(new Dense({ units: 1 }), "float32").getInputs()).toThrow(
      /expected a preprocessor that gives integers, received one of float32\.$/,
    );
  });
});

it.each(["float_discretized", "string_categorical", "integer_categorical"] as const)(
  "has to be adapted to something: %s",
  (kind) => {
    const space = () => new FeatureSpace({ features: { x: kind } });
    for (const data of [{ x: [] }, [], [{ x: [] }]])
      expect(() => space().adapt(data)).toThrow(/adapt\.x: expected at least one sample, received none\.$/);
  },
);

it("says the shapes of what it gives, of texts, too", () => {
  const shapes = { age: [null, 1], city: [null, 1] };
  expect(adapted().computeOutputShape(shapes)).toEqual([null, 5]);
  expect(adapted().computeOutputShape({ age: [7], city: [7] })).toEqual([7, 5]);
});

it("predicts batches", async () => {
  await expect(adapted().predict({ age: 1, city: ["Oslo"] })).rejects.toThrow(
    /: inputs\.age: expected a batch of samples, received a scalar\. Wrap it in a list\.$/,
  );
  await expect(adapted().predict({ age: [1], city: [[tensor(1)] as never] })).rejects.toThrow(/inputs\.city/);
});

it("is the front of a model", async () => {
  const space = adapted();
  const outputs = new Dense({ units: 1 }).apply(space.getEncodedFeatures());
  const model = new Functional({ inputs: space.getInputs(), outputs });
  const again = await loadModel(await toBytes(model));
  const x = { age: [[20], [40]], city: [["Oslo"], ["Bern"]] };
  expect(await again.predict(x)).toEqual(await model.predict(x));
  expect([space.inputs.length, space.outputs[0]!.shape]).toEqual([2, [null, 5]]);
});

it("keeps what it learned in a file that it was read from before it learned", async () => {
  const space = await loadModel(await toBytes(new FeatureSpace({ features })));
  if (!(space instanceof FeatureSpace)) throw new Error("another model");
  space.adapt(table);
  const again = await loadModel(await toBytes(space));
  expect(call(again as FeatureSpace)).toEqual(call(adapted()));
});

it("keeps integers that float32 and int32 have not", () => {
  const space = new FeatureSpace({ features: { id: "integer_hashed" }, output_mode: "dict" });
  const places = (id: number) =>
    (space.apply<never>({ id: tensor([id], { dtype: "int64" }) }) as { id: object }).id;
  expect(places(2 ** 40)).not.toEqual(places(2 ** 31 - 1));
});

it("has layers that learn from batches", async () => {
  const data = [
    [1, 2],
    [3, 6],
    [8, 1],
  ];
  const whole = new Normalization();
  whole.adapt(data);
  const parts = new Normalization();
  parts.adapt(data.map((row) => tensor([row])));
  const waiting = new Normalization();
  await waiting.adapt(stream(data.map((row) => tensor([row]))));
  const x = tensor([[1, 1]]);
  for (const layer of [parts, waiting])
    for (const [i, value] of (layer.apply(x).toArray() as number[][])[0]!.entries())
      expect(value).toBeCloseTo((whole.apply(x).toArray() as number[][])[0]![i]!, 6);
  expect(() => parts.adapt([tensor([[1, 2, 3]])])).toThrow(
    /adapt: expected batches with the sizes \(2,\) along axis \[-1\], received the shape \(1, 3\)\.$/,
  );
  expect(() => parts.adapt(tensor(["a"]))).toThrow("adapt: expected numbers, received texts.");
  expect(() => parts.adapt(new Set<never>())).toThrow("adapt: expected at least one batch, received none.");
});

it.each(["constructor", "toString", "__proto__"])(
  "has features of any name, also after a file: %s",
  async (name) => {
    const space = new FeatureSpace({
      features: Object.fromEntries([[name, "integer_hashed"]]),
      hashing_dim: 3,
    });
    const data = Object.fromEntries([[name, tensor([1, 2], { dtype: "int32" })]]);
    const expected = space.apply(data).toArray();
    expect(expected).toEqual([
      [1, 0, 0],
      [0, 1, 0],
    ]);
    const read = (await loadModel(await toBytes(space))) as FeatureSpace;
    expect(read.apply(data).toArray()).toEqual(expected);
  },
);
