import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseDialect } from "../src/dialects/version.ts";
import { expectClose } from "../src/engines/expect-close.ts";
import { reference } from "../src/engines/reference/index.ts";
import { resetNames } from "../src/graph/naming.ts";
import { mapNested, type Nested } from "../src/graph/nested.ts";
import { builtins, cloneModel, deserialize, FeatureSpace, type KerasTensor, tensor } from "../src/index.ts";
import { loadModel, toBytes } from "../src/saving/index.ts";
import type { Tensor } from "../src/tensor/tensor.ts";
import { recordTensor, type TensorRecord } from "./formula.ts";
import {
  adaptSpace,
  type ByName,
  type Columns,
  type Encoded,
  makeSpace,
  type SpaceRecord,
  type Spec,
} from "./golden-feature-spaces.ts";
import { structureOf, textsOf } from "./golden-files.ts";
import { textOf } from "./golden-layers.ts";
import { noteFor, textAspect } from "./tried.ts";

const golden = new URL("../golden/", import.meta.url);

function recordsOf(version: string): SpaceRecord[] {
  const folder = new URL(`${version}/feature_spaces/`, golden);
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  return files.map((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")) as SpaceRecord);
}

const baseline = new Map(recordsOf("3.6").map((record) => [record.id, record]));

/** A Discretization that is made here has the dtype that it has in 3.6. */
function withDTypeOf36(text: string): string {
  return text.replaceAll(/(?<="epsilon": 0.01, [^{}]*"dtype": )"float32"/g, '"int64"');
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
      note("made here", () =>
        expect(textOf(makeSpace(record), dialect)).toBe(withDTypeOf36(record.config_text)),
      );
      resetNames();
      const space = adaptSpace(read(record.config_text), record);
      space.getEncodedFeatures();
      note(aspect, () => expect(textOf(space, dialect)).toBe(record.adapted_text));
      expect(Object.values(space.one_hot_encoders).map(({ name }) => name)).toEqual(record.names);
    });

    it("has the shapes that Keras promises", (context) => {
      const space = adaptSpace(read(record.config_text), record);
      noteFor(context, "utils.FeatureSpace")("shapes", () => {
        expect(specs(space.getInputs())).toEqual(specRecords(record.inputs_spec));
        expect(specs(space.getEncodedFeatures<ByName<KerasTensor>>())).toEqual(
          specRecords(record.encoded_spec),
        );
      });
    });

    it("gives what Keras gives, of batches and of a sample, on both engines", async (context) => {
      const note = noteFor(context, "utils.FeatureSpace");
      const space = adaptSpace(read(record.config_text), record);
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
      const space = adaptSpace(read(record.config_text), record);
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
