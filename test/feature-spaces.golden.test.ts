import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseDialect } from "../src/dialects/version.ts";
import { expectClose } from "../src/engines/expect-close.ts";
import { reference } from "../src/engines/reference/index.ts";
import { resetNames } from "../src/graph/naming.ts";
import { isDict, mapNested, type Nested } from "../src/graph/nested.ts";
import {
  builtins,
  cloneModel,
  deserialize,
  type Feature,
  FeatureSpace,
  type FeatureSpaceOptions,
  type KerasTensor,
  tensor,
} from "../src/index.ts";
import * as layers from "../src/layers/index.ts";
import { loadModel, toBytes } from "../src/saving/index.ts";
import type { NestedArray } from "../src/tensor/create.ts";
import type { Tensor } from "../src/tensor/tensor.ts";
import { camelCase } from "../tools/exported-names.ts";
import { recordTensor, type TensorRecord } from "./formula.ts";
import { structureOf, textsOf } from "./golden-files.ts";
import { textOf } from "./golden-layers.ts";
import { noteFor, textAspect } from "./tried.ts";

type ByName<T> = Readonly<Record<string, T>>;
type Columns = ByName<NestedArray>;
type Encoded<T> = T | ByName<T>;

/** A kind by its name, a method and what it is given, or a layer and its options. */
type FeatureRecord =
  | string
  | readonly [method: string, options: object]
  | { readonly dtype: string; readonly layer: readonly [string, object]; readonly output_mode: string };

interface SpaceRecord {
  readonly id: string;
  readonly features: ByName<FeatureRecord>;
  readonly options: ByName<unknown>;
  readonly config_text: string;
  readonly adapt?: Columns;
  readonly batch?: number;
  readonly inputs_spec: ByName<Spec>;
  readonly encoded_spec: Encoded<Spec>;
  readonly adapted_text: string;
  readonly names: readonly string[];
  readonly data: Columns;
  readonly outputs?: Encoded<TensorRecord>;
  readonly sample: Columns;
  readonly sample_outputs: Encoded<TensorRecord>;
}

interface Spec {
  readonly shape: readonly (number | null)[];
  readonly dtype: string;
}

const golden = new URL("../golden/", import.meta.url);

function recordsOf(version: string): SpaceRecord[] {
  const folder = new URL(`${version}/feature_spaces/`, golden);
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  return files.map((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")) as SpaceRecord);
}

const baseline = new Map(recordsOf("3.6").map((record) => [record.id, record]));

/** What a record says in Python, made here. */
function make({ features, options }: SpaceRecord): FeatureSpace {
  resetNames();
  const made = Object.entries(features).map(([name, feature]) => [name, featureOf(feature)]);
  const crosses = (options.crosses as unknown[] | undefined)?.map((cross) =>
    Array.isArray(cross) ? cross : FeatureSpace.cross(cross as never),
  );
  const given = { ...options, ...(crosses && { crosses }), features: Object.fromEntries(made) };
  return new FeatureSpace(given as FeatureSpaceOptions);
}

const named: ByName<new (options: object) => layers.Layer> = {
  CategoryEncoding: layers.CategoryEncoding as never,
  Normalization: layers.Normalization,
  TextVectorization: layers.TextVectorization,
};

function featureOf(record: FeatureRecord): unknown {
  if (typeof record === "string") return record;
  if (isDict(record)) {
    const { dtype, layer, output_mode } = record as Exclude<FeatureRecord, string | readonly unknown[]>;
    const Layer = named[layer[0]]!;
    return FeatureSpace.feature({
      dtype,
      preprocessor: new Layer(layer[1]),
      output_mode: output_mode as Feature["output_mode"],
    });
  }
  const [method, options] = record as readonly [string, object];
  return (FeatureSpace as unknown as ByName<(options: object) => unknown>)[camelCase(method)]!(options);
}

/** A Discretization that is made here has the dtype that it has in 3.6. */
function withDTypeOf36(text: string): string {
  return text.replaceAll(/(?<="epsilon": 0.01, [^{}]*"dtype": )"float32"/g, '"int64"');
}

/** Columns as batches of so many rows. */
function batches(columns: Columns, size: number): ByName<NestedArray>[] {
  const rows = Object.values(columns as ByName<unknown[]>)[0]!.length;
  return Array.from({ length: Math.ceil(rows / size) }, (_, i) =>
    Object.fromEntries(
      Object.entries(columns).map(([name, values]) => [
        name,
        (values as NestedArray[]).slice(i * size, (i + 1) * size),
      ]),
    ),
  );
}

function adapt(space: FeatureSpace, { adapt: data, batch }: SpaceRecord): FeatureSpace {
  if (data) space.adapt(batch ? batches(data, batch) : data);
  return space;
}

const tensorsOf = (columns: Columns): ByName<Tensor> =>
  Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, tensor(values)]));

function expectOutputs(outputs: unknown, expected: Encoded<TensorRecord>): void {
  const record = expected as TensorRecord & ByName<TensorRecord>;
  if (typeof record.dtype === "string") expectClose(outputs as Tensor, recordTensor(record), "row", 2e-6);
  else {
    const found = outputs as ByName<Tensor>;
    expect(Object.keys(found).sort()).toEqual(Object.keys(record).sort());
    for (const [name, output] of Object.entries(found))
      expectClose(output, recordTensor(record[name]!), name, 2e-6);
  }
}

const specs = (tensors: Nested<KerasTensor>): unknown =>
  mapNested(tensors, ({ shape, dtype }) => [shape, dtype].join());
const specRecords = (record: unknown): unknown => {
  const { shape, dtype } = record as Spec;
  if (Array.isArray(shape)) return [shape, dtype].join();
  return Object.fromEntries(Object.entries(record as object).map(([name, one]) => [name, specRecords(one)]));
};

describe.each(["3.6", "3.15"])("feature spaces as Keras %s", (version) => {
  const dialect = parseDialect(version);
  const aspect = textAspect(version);
  const outputsOf = (record: SpaceRecord) => (record.outputs ?? baseline.get(record.id)!.outputs)!;

  describe.each(recordsOf(version))("$id", (record) => {
    const read = (text: string) =>
      deserialize(JSON.parse(text), { registry: builtins, dialect }) as FeatureSpace;

    it("is written as Keras writes it, and learns what Keras learns", (context) => {
      const note = noteFor(context, "utils.FeatureSpace");
      note("made here", () => expect(textOf(make(record), dialect)).toBe(withDTypeOf36(record.config_text)));
      resetNames();
      const space = adapt(read(record.config_text), record);
      space.getEncodedFeatures();
      note(aspect, () => expect(textOf(space, dialect)).toBe(record.adapted_text));
      expect(Object.values(space.one_hot_encoders).map(({ name }) => name)).toEqual(record.names);
    });

    it("has the shapes that Keras promises", (context) => {
      const space = adapt(read(record.config_text), record);
      noteFor(context, "utils.FeatureSpace")("shapes", () => {
        expect(specs(space.getInputs())).toEqual(specRecords(record.inputs_spec));
        expect(specs(space.getEncodedFeatures<ByName<KerasTensor>>())).toEqual(
          specRecords(record.encoded_spec),
        );
      });
    });

    it("gives what Keras gives, of batches and of a sample, on both engines", async (context) => {
      const note = noteFor(context, "utils.FeatureSpace");
      const space = adapt(read(record.config_text), record);
      note("values", () => {
        expectOutputs(space.apply(tensorsOf(record.data)), outputsOf(record));
        expectOutputs(space.apply(tensorsOf(record.sample)), record.sample_outputs);
      });
      expectOutputs(await space.predict(record.data, { engine: reference }), outputsOf(record));
      await note("values on ONNX Runtime", async () =>
        expectOutputs(await space.predict(record.data), outputsOf(record)),
      );
    });

    it("is read from its text and written back, and cloned with what it learned", () => {
      for (const text of [record.config_text, record.adapted_text]) expect(textOf(read(text))).toBe(text);
      const space = adapt(read(record.config_text), record);
      const copy = cloneModel(space, { weights: "copy" });
      expect(textOf(copy)).toBe(textOf(space));
      expectOutputs(copy.apply(tensorsOf(record.data)), outputsOf(record));
    });
  });

  const folder = new URL(`${version}/feature_spaces/`, golden);
  const files = readdirSync(folder).filter((file) => file.endsWith(".keras"));

  it.each(files)("%s is opened, and written back to the same text, groups and vocabularies", async (file) => {
    resetNames();
    const record = recordsOf(version).find(({ id }) => `${id}.keras` === file)!;
    const bytes = new Uint8Array(readFileSync(new URL(file, folder)));
    const space = await loadModel(bytes);
    expect(space).toBeInstanceOf(FeatureSpace);
    expectOutputs(await space.predict(record.data), outputsOf(record));
    resetNames();
    const written = await toBytes(await loadModel(bytes));
    expect(await textsOf(written)).toEqual(await textsOf(bytes));
    expect(await structureOf(written)).toEqual(await structureOf(bytes));
    expectOutputs(await (await loadModel(written)).predict(record.data), outputsOf(record));
  });
});
