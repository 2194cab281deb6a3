import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { builtins } from "../src/builtins.ts";
import { parseDialect } from "../src/dialects/version.ts";
import { expectClose } from "../src/engines/expect-close.ts";
import { onnxruntime } from "../src/engines/onnxruntime/index.ts";
import { reference, useReference } from "../src/engines/reference/index.ts";
import { parsePythonJson } from "../src/json/parse.ts";
import type { Layer } from "../src/layers/layer.ts";
import { deserialize } from "../src/registry/deserialize.ts";
import type { Tensor } from "../src/tensor/tensor.ts";
import { goldenObjects } from "./golden-custom.ts";
import {
  assignWeights,
  callEagerly,
  callSymbolically,
  type LayerRecord,
  runTraced,
  tensorsOf,
  textOf,
  traceCall,
} from "./golden-layers.ts";
import { noteFor, textAspect } from "./tried.ts";

// A layer of every class under each dtype policy gives the dtype and the numbers that Keras gives.

useReference();
const ort = onnxruntime({ package: "onnxruntime-node" });

/**
 * How far numbers may be from Keras's, relative to 1 plus their size. A step of rounding is 2^-11 in float16 and 2^-9 in
 * bfloat16; XLA rounds after other steps than ONNX Runtime.
 */
const policies: Readonly<Record<string, number>> = {
  float16: 2e-3,
  mixed_float16: 2e-3,
  bfloat16: 1.6e-2,
  mixed_bfloat16: 1.6e-2,
  float64: 1e-12,
};

/**
 * Layers that go through numbers up to 255, where a step of float16 is 0.125: what rounds elsewhere differs by more. ONNX
 * Runtime has float32 between operators.
 */
const ofPictures: ReadonlySet<string> = new Set([
  "RandomBrightness",
  "RandomContrast",
  "Solarization",
  "AugMix",
]);

const FLOAT32 = 1e-6;

/**
 * Layers that compute a part in float32 here or in Keras, whatever their policy, and how far numbers may be apart then; ONNX
 * Runtime has many operators only so. Decibels are of bands that Keras makes in float32.
 */
const inFloat32: Readonly<Record<string, number>> = {
  LayerNormalization: FLOAT32,
  RandomRotation: FLOAT32,
  RandomZoom: FLOAT32,
  RandomTranslation: FLOAT32,
  RandomBrightness: FLOAT32,
  MelSpectrogram: 4 * FLOAT32,
};

/** What JAX draws in float64 only where that is enabled, which it is not by default. */
const drawnInFloat64 = "RandomContrast";

/** Layers in whose configs Keras 3.6 writes the dtype of their variables for their policy. */
const forgetful: ReadonlySet<string> = new Set([
  "SpatialDropout1D",
  "SpatialDropout2D",
  "SpatialDropout3D",
  "Discretization",
]);

/** The config of a layer that has a policy, also where Keras forgot it. */
function configFor(policy: string, { id, config_text: text }: LayerRecord): string {
  return forgetful.has(id) ? text.replace(/"dtype": "\w+"/, `"dtype": "${policy}"`) : text;
}

/** The cases of the baseline, and of a newer Keras those of classes that the baseline lacks. */
function casesOf(policy: string): readonly (LayerRecord & { readonly version: string })[] {
  return ["3.6", "3.15"].flatMap((version) => {
    const path = new URL(`../golden/${version}/policies/${policy}.json`, import.meta.url);
    const { cases } = JSON.parse(readFileSync(path, "utf8")) as { readonly cases: readonly LayerRecord[] };
    return cases
      .filter(({ id }) => policy !== "float64" || id !== drawnInFloat64)
      .map((record) => ({ ...record, version }));
  });
}

describe.each(Object.entries(policies))("layers under the policy %s", (policy, tolerance) => {
  it.for(casesOf(policy))("$id", async (record, context) => {
    const text = configFor(policy, record);
    const dialect = parseDialect(record.version)!;
    const layer = deserialize(parsePythonJson(text), {
      registry: builtins,
      customObjects: goldenObjects,
      dialect,
    }) as Layer;
    const note = noteFor(context, `layers.${record.class_name}`, "dtype_policies.DTypePolicy");
    note(textAspect(record.version), () => expect(textOf(layer, dialect)).toBe(text));
    const outputs = tensorsOf(record.outputs!);
    const symbolic = callSymbolically(layer, record).outputs.map((output) => output?.dtype);
    note("shapes", () => expect(symbolic).toEqual(outputs.map((output) => output?.dtype)));
    expect(layer.weights.map(({ dtype }) => dtype)).toEqual(record.weights!.map(({ dtype }) => dtype));
    const isWide = policy === "float64";
    const steps = ofPictures.has(record.id) && !policy.endsWith("bfloat16") ? 8 : 1;
    const inPart = inFloat32[record.id];
    const own = isWide && inPart !== undefined ? steps * inPart : tolerance;
    const near = (received: readonly (Tensor | null)[], how: string, allowed = own) => {
      for (const [i, output] of outputs.entries())
        expectClose(received[i]!, output!, `${how}: output ${i}`, allowed);
    };
    assignWeights(layer, record);
    note("values", () => near(callEagerly(layer, record).outputs, "eager"));
    assignWeights(layer, record);
    const traced = traceCall(layer, record);
    near((await runTraced(reference, traced, record)).outputs, "traced");
    await note("values on ONNX Runtime", async () =>
      near(
        (await runTraced(ort, traced, record)).outputs,
        "ONNX Runtime",
        steps * (isWide ? (inPart ?? FLOAT32) : tolerance),
      ),
    );
  });
});
