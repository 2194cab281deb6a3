import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { parseDialect } from "../src/dialects/version.ts";
import { expectClose } from "../src/engines/expect-close.ts";
import { onnxruntime } from "../src/engines/onnxruntime/index.ts";
import { reference } from "../src/engines/reference/index.ts";
import { flatten, type Nested, packLike } from "../src/graph/nested.ts";
import { cloneModel, flattenLayers, type Model, modelFromJson, type Tensor } from "../src/index.ts";
import { recordTensor, type TensorRecord } from "./formula.ts";
import { goldenObjects } from "./golden-custom.ts";

interface ModelRecord {
  readonly id: string;
  readonly config_text: string;
  readonly weights?: readonly TensorRecord[];
  readonly inputs?: readonly (TensorRecord & { readonly name: string })[];
  readonly outputs?: readonly TensorRecord[];
}

interface ApplicationRecord extends Required<Pick<ModelRecord, "id" | "weights" | "outputs">> {
  readonly config_file: string;
  readonly parameters: number;
  readonly inputs: readonly TensorRecord[];
}

const golden = new URL("../golden/", import.meta.url);
const engines = [reference, onnxruntime({ package: "onnxruntime-node" })];

for (const version of ["3.6", "3.15"]) {
  describe(`models of Keras ${version}`, () => {
    const folder = new URL(`${version}/models/`, golden);
    for (const file of readdirSync(folder)) {
      const record = read<ModelRecord>(new URL(file, folder));
      it(record.id, () => checkModel(record, version));
    }
  });
}

describe("applications of Keras 3.6", () => {
  const folder = new URL("3.6/applications/", golden);
  const names = ["MobileNetV2", "ResNet50", "EfficientNetB0", "DenseNet121", "ConvNeXtTiny", "Pipeline"];
  for (const name of names) {
    it(name, () => checkApplication(read<ApplicationRecord>(new URL(`${name}.json`, folder)), folder));
  }
});

async function checkModel(record: ModelRecord, version: string): Promise<void> {
  const options = { customObjects: goldenObjects, dialect: parseDialect(version)! };
  const model = modelFromJson(record.config_text, options);
  expect(model.toJson()).toBe(record.config_text);
  const again = modelFromJson(model.toJson(), options);
  expect(again.toJson()).toBe(record.config_text);
  const before =
    version === "3.6"
      ? record
      : { ...read<ModelRecord>(new URL(`3.6/models/${record.id}.json`, golden)), ...record };
  if (!before.weights || !before.inputs || !before.outputs) return;
  model.setWeights(before.weights.map(recordTensor));
  const clone = model.built ? cloneModel(model, { weights: "copy" }) : model;
  for (const [what, tested] of [
    ["model", model],
    ["clone", clone],
  ] as const) {
    await checkOutputs(what, tested, before.inputs, before.outputs);
  }
}

async function checkApplication(record: ApplicationRecord, folder: URL): Promise<void> {
  const text = gunzipSync(readFileSync(new URL(record.config_file, folder))).toString();
  const model = modelFromJson(text);
  expect(model.toJson()).toBe(text);
  expect(model.countParams()).toBe(record.parameters);
  model.setWeights(record.weights.map(recordTensor));
  expect(cloneModel(model).weights.map(({ shape }) => shape)).toEqual(
    model.weights.map(({ shape }) => shape),
  );
  await checkOutputs(record.id, model, record.inputs, record.outputs);
}

async function checkOutputs(
  what: string,
  model: Model,
  inputs: readonly TensorRecord[],
  outputs: readonly TensorRecord[],
): Promise<void> {
  const structure = model.input as Nested<unknown>;
  // What computes in 16 bits rounds coarsely, and each engine in its own places.
  const coarse = flattenLayers(model).some(({ computeDtype }) => computeDtype.endsWith("float16"));
  for (const engine of engines) {
    for (const layer of flattenLayers(model)) {
      if ("resetState" in layer) (layer.resetState as () => void)();
    }
    const given = packLike(structure, inputs.map(recordTensor));
    const got = flatten((await model.predict(given as Tensor, { engine })) as Nested<Tensor>);
    expect(got.length).toBe(outputs.length);
    for (const [i, output] of outputs.entries()) {
      expectClose(
        got[i]!,
        recordTensor(output),
        `${what} on ${engine.name}: output ${i}`,
        coarse ? 5e-3 : undefined,
      );
    }
  }
}

function read<T>(url: URL): T {
  return JSON.parse(readFileSync(url, "utf8")) as T;
}
