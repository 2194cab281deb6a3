import { describe, expect, it } from "vitest";
import { builtins } from "../src/builtins.ts";
import { type Dialect, formatDialect, parseDialect } from "../src/dialects/version.ts";
import { expectClose } from "../src/engines/expect-close.ts";
import { onnxruntime } from "../src/engines/onnxruntime/index.ts";
import { reference, useReference } from "../src/engines/reference/index.ts";
import { resetNames } from "../src/graph/naming.ts";
import type { JsonObject } from "../src/json/json.ts";
import { parsePythonJson } from "../src/json/parse.ts";
import * as layers from "../src/layers/index.ts";
import type { Layer } from "../src/layers/layer.ts";
import { deserialize } from "../src/registry/deserialize.ts";
import { classesOf } from "../src/registry/registry.ts";
import { toNumbers } from "../src/tensor/create.ts";
import type { Shape } from "../src/tensor/shape.ts";
import type { Tensor } from "../src/tensor/tensor.ts";
import type { TensorRecord } from "./formula.ts";
import { goldenObjects } from "./golden-custom.ts";
import {
  adaptAs,
  assignWeights,
  callEagerly,
  callSymbolically,
  hasOwnValues,
  type LayerRecord,
  layerFiles,
  type Outcome,
  optionsOf,
  runTraced,
  tensorsOf,
  textOf,
  traceCall,
  withFloats,
  withoutBuild,
} from "./golden-layers.ts";
import { type Note, noteFor, textAspect } from "./tried.ts";

useReference();
const ort = onnxruntime({ package: "onnxruntime-node" });

/** Keras on JAX and ONNX Runtime compute parts of float64 layers in float32. */
const FLOAT64_TOLERANCE = 1e-6;

/** Cases that cannot do all that Keras does, and why. */
const configOnly: Readonly<Record<string, string>> = {};

/** Where versions of Keras differ, and what we do. */
const changed: Readonly<Record<string, (record: LayerRecord) => Partial<LayerRecord>>> = {
  // A call on symbolic tensors no longer forgets the scores that it was asked for.
  "3.6 Attention.scores": withScores,
  "3.6 AdditiveAttention.scores": withScores,
  // Masks that are given, not carried, are passed on too.
  "3.6 Attention.masks_causal": withQueryMask,
  "3.6 AdditiveAttention.masks_causal": withQueryMask,
  // Keras 3.15 forgets a query_mask that is given, not carried.
  "3.15 MultiHeadAttention.named_masks": asBefore,
  // A layer made here keeps the order of its axes, as in 3.6; one of a 3.15 file sorts them, as a test of its own shows.
  "3.15 LayerNormalization.axis_tuple": ({ call: _, ...record }) => ({ ...record, call: undefined as never }),
  // Keras says the forward layer's width twice; the backward layer has its own.
  "3.6 Bidirectional.backward_layer": withBothWidths,
  "3.15 Bidirectional.backward_layer": withBothWidths,
  // Keras 3.15 says of rows of numbers that they have the dimension of 1 that texts may have, which they have not.
  ...Object.fromEntries(
    ["multi_hot", "count", "tf_idf", "tf_idf_padded", "few", "weights"].map((id) => [
      `3.15 TextVectorization.${id}`,
      ({ output_spec }: LayerRecord) => ({
        output_spec: output_spec!.map(
          (spec) => spec && { ...spec, shape: spec.shape.filter((n) => n !== 1) },
        ),
      }),
    ]),
  ),
  // Keras 3.6 promises the shape of the inputs, whatever comes out.
  ...Object.fromEntries(
    ["one_hot", "one_hot_column", "multi_hot", "count", "float16", "coarse", "ties"].map((id) => [
      `3.6 Discretization.${id}`,
      withComputedShapes,
    ]),
  ),
  // Keras counts frames without the length of the transform, and knows two axes at most.
  ...Object.fromEntries(
    ["3.6", "3.15"].flatMap((version) => [
      [`${version} MelSpectrogram.odd`, withShape([null, 5, 30])],
      [`${version} MelSpectrogram.channels`, withShape([null, 3, 12, 7])],
    ]),
  ),
  // As many windows as there are places are the places. XLA divides by multiplying: some windows of Keras are one longer.
  "3.15 AdaptiveAveragePooling1D.divides": asGiven,
  "3.15 AdaptiveAveragePooling2D.divides": asGiven,
  "3.15 AdaptiveAveragePooling3D.divides": asGiven,
  "3.15 AdaptiveMaxPooling1D.divides": asGiven,
  "3.15 AdaptiveMaxPooling2D.divides": asGiven,
  "3.15 AdaptiveMaxPooling3D.divides": asGiven,
};

/** Layers that promise int64 or floats and give, on JAX, int32 alike: what is promised counts. */
const promising: ReadonlySet<string> = new Set([
  "TextVectorization",
  "StringLookup",
  "IntegerLookup",
  "Hashing",
  "HashedCrossing",
  "Discretization",
]);

function asPromised(record: LayerRecord): LayerRecord {
  if (!promising.has(record.class_name) || !record.outputs) return record;
  const outputs = record.outputs.map((output, i) =>
    output && output.dtype !== "string" ? { ...output, dtype: record.output_spec![i]!.dtype } : output,
  );
  return { ...record, outputs };
}

function withComputedShapes({ output_spec, outputs }: LayerRecord): Partial<LayerRecord> {
  const shapes = outputs!.map((output) => [null, ...output!.shape.slice(1)]);
  return { output_spec: output_spec!.map((spec, i) => ({ ...spec!, shape: shapes[i]! })) };
}

function withShape(shape: Shape) {
  return ({ output_spec }: LayerRecord): Partial<LayerRecord> => ({
    output_spec: output_spec!.map((spec) => ({ ...spec!, shape })),
  });
}

function asGiven({ inputs }: LayerRecord): Partial<LayerRecord> {
  return { outputs: inputs! };
}

function withBothWidths({ output_spec }: LayerRecord): Partial<LayerRecord> {
  return { output_spec: output_spec!.map((spec) => ({ ...spec!, shape: [...spec!.shape.slice(0, -1), 5] })) };
}

function withScores({ output_spec }: LayerRecord): Partial<LayerRecord> {
  return { output_spec: [...output_spec!, { shape: [null, 4, 5], dtype: "float32" }] };
}

function withQueryMask({ inputs }: LayerRecord): Partial<LayerRecord> {
  return { output_masks: [inputs![2]!] };
}

function asBefore({ class_name, id }: LayerRecord): Partial<LayerRecord> {
  const { cases } = layerFiles("3.6").find(({ cases: [first] }) => first!.class_name === class_name)!;
  const { outputs } = cases.find((record) => record.id === id)!;
  return { outputs: outputs! };
}

const VERSIONS = ["3.6", "3.15"];

it("every layer has golden cases", () => {
  const covered = new Set(VERSIONS.flatMap(layerFiles).map(({ cases }) => envelopeIn(cases[0]!).class_name));
  const names = classesOf(layers).map(({ className }) => className);
  expect(names.filter((name) => !covered.has(name))).toEqual(["SeedGenerator"]); // no layer
});

for (const version of VERSIONS) {
  describe(`Keras ${version}`, () => {
    const files = layerFiles(version);
    const known = files.filter(({ cases }) => builtins.find(envelopeIn(cases[0]!)));
    it("has every class", () => {
      expect(files.filter((file) => !known.includes(file)).map(({ name }) => name)).toEqual([]);
    });
    for (const { name, cases } of known) {
      describe(name, () => {
        for (const record of cases)
          it(record.id, (context) =>
            check(record, parseDialect(version)!, noteFor(context, `layers.${record.class_name}`)),
          );
      });
    }
  });
}

/** What configs say of a class: the name of GroupedQueryAttention is another. */
function envelopeIn({ config_text: text }: LayerRecord): JsonObject & { readonly class_name: string } {
  return parsePythonJson(text) as JsonObject & { readonly class_name: string };
}

async function check(given: LayerRecord, dialect: Dialect, note: Note): Promise<void> {
  const { class_name: name, id } = given;
  const record = { ...asPromised(given), ...changed[`${formatDialect(dialect)} ${name}.${id}`]?.(given) };
  const layer = note(textAspect(formatDialect(dialect)), () => checkTexts(record, dialect));
  checkLearned(layer, record);
  resetNames();
  if (!record.call || configOnly[`${record.class_name}.${record.id}`]) return;
  if (record.output_spec) note("shapes", () => checkShapes(layer, record));
  note("weights", () => checkBuilt(layer, record, dialect));
  if (!hasOwnValues(record)) return;
  assignWeights(layer, record);
  note("values", () => {
    expectOutcome(callEagerly(layer, record), record, "eager");
    expectLosses(layer, record);
  });
  if (record.output_masks?.some((mask) => mask !== null)) note("masks", () => checkMasks(layer, record));
  if (record.training_outputs) note("training", () => checkTraining(layer, record));
  assignWeights(layer, record);
  const traced = traceCall(layer, record);
  expectOutcome(await runTraced(reference, traced, record), record, "traced");
  await note("values on ONNX Runtime", async () =>
    expectOutcome(await runTraced(ort, traced, record), record, "ONNX Runtime"),
  );
}

function checkMasks(layer: Layer, record: LayerRecord): void {
  expectTensors(callEagerly(layer, record).masks, record.output_masks!, "mask");
}

function checkTraining(layer: Layer, record: LayerRecord): void {
  const trained = callEagerly(layer, record, true);
  expectTensors(trained.outputs, record.training_outputs!, "training");
  for (const [i, weight] of Object.entries(record.training_weights ?? {})) {
    expectTensors([layer.weights[Number(i)]!.value], [weight], `training weight ${i}`);
  }
}

function read(text: string, dialect: Dialect): Layer {
  const options = { registry: builtins, customObjects: goldenObjects, dialect };
  return deserialize(parsePythonJson(text), options) as Layer;
}

/** Fails with the first difference in sight: the texts are long. */
function expectText(received: string, expected: string, what: string): void {
  const end = [...expected].findIndex((char, i) => char !== received[i]);
  const from = Math.max(0, (end < 0 ? expected.length : end) - 60);
  expect(`${what}: …${received.slice(from, from + 160)}`).toBe(
    `${what}: …${expected.slice(from, from + 160)}`,
  );
  expect(received.length, what).toBe(expected.length);
}

/** Text to text; gives a layer that its constructor made, or that was read where the version decides how it learns. */
function checkTexts(record: LayerRecord, dialect: Dialect): Layer {
  const { config_text: text, built_config_text: built } = record;
  const layer = read(text, dialect);
  expectText(textOf(layer), text, "written as read");
  if (built !== undefined) expectText(textOf(read(built, dialect)), built, "built, written as read");
  const { constructor: cls } = layer;
  const registry = builtins.with(goldenObjects);
  const unbuilt = withoutBuild(text);
  expectText(textOf(cls.fromConfig(layer.getConfig(), { registry, dialect })), unbuilt, "cloned");
  const made = new (cls as unknown as new (options: object) => Layer)(optionsOf(layer));
  expectText(textOf(made, dialect), withFloats(unbuilt, cls.fields), "constructed");
  return record.adapt ? layer : made;
}

/** What a layer learned. */
function checkLearned(layer: Layer, record: LayerRecord): void {
  if (!record.adapt) return;
  adaptAs(record, layer);
  expectText(textOf(layer), record.config_text, "learned");
  if (!record.vocabulary) return;
  expect((layer as Layer & { getVocabulary(): unknown }).getVocabulary()).toEqual(record.vocabulary);
}

/** Shapes with an unknown batch. */
function checkShapes(layer: Layer, record: LayerRecord): void {
  const { outputs } = callSymbolically(layer, record);
  const shapes = outputs.map((output) => output?.shape);
  expect(shapes, "output shapes").toEqual(record.output_spec!.map((spec) => spec?.shape));
  // Keras's merging layers promise their own dtype whatever comes in: that of the values counts.
  const dtypes = record.outputs?.map((output) => output?.dtype);
  if (dtypes) expect(outputs.map((output) => output?.dtype)).toEqual(dtypes);
}

/** The weights of a built layer, and what being built adds to the text. */
function checkBuilt(layer: Layer, record: LayerRecord, dialect: Dialect): void {
  const wasBuilt = withoutBuild(record.config_text) !== record.config_text;
  const built = withFloats(record.built_config_text ?? record.config_text, layer.constructor.fields);
  if (!wasBuilt) expectText(textOf(layer, dialect), built, "built by a call");
  const weights = layer.weights.map(({ name, path, shape, dtype, trainable }) => ({
    name,
    path,
    shape,
    dtype,
    trainable,
  }));
  expect(weights, "weights").toEqual(
    (record.weights ?? []).map(({ name, path, shape, dtype, trainable }) => ({
      name,
      path,
      shape,
      dtype,
      trainable,
    })),
  );
}

function expectOutcome({ outputs, masks }: Outcome<Tensor>, record: LayerRecord, how: string): void {
  expectTensors(outputs, record.outputs!, `${how}: output`);
  expectTensors(masks, record.output_masks ?? outputs.map(() => null), `${how}: mask`);
}

/** The penalties of activities, then of weights, after a call on tensors. */
function expectLosses(layer: Layer, { losses = [] }: LayerRecord): void {
  const received = layer.losses.map((loss) => toNumbers(loss as Tensor)[0] as number);
  expect(received.length, "losses").toBe(losses.length);
  for (const [i, loss] of losses.entries()) {
    const tolerance = 1e-5 * Math.max(1, Math.abs(loss));
    expect(Math.abs((received[i] as number) - loss), `loss ${i}`).toBeLessThanOrEqual(tolerance);
  }
}

function expectTensors(
  received: readonly (Tensor | null)[],
  records: readonly (TensorRecord | null)[],
  what: string,
): void {
  expect(received.length, `${what}s`).toBe(records.length);
  for (const [i, expected] of tensorsOf(records).entries()) {
    const tensor = received[i]!;
    if (expected === null) expect(tensor, `${what} ${i}`).toBeNull();
    else {
      expect(tensor, `${what} ${i}`).not.toBeNull();
      const tolerance = expected.dtype === "float64" ? FLOAT64_TOLERANCE : undefined;
      expectClose(tensor!, expected, `${what} ${i}`, tolerance);
    }
  }
}
