import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { builtins } from "../src/builtins.ts";
import { parseDialect } from "../src/dialects/version.ts";
import { expectClose } from "../src/engines/expect-close.ts";
import { onnxruntime } from "../src/engines/onnxruntime/index.ts";
import { reference, useReference } from "../src/engines/reference/index.ts";
import { resetNames } from "../src/graph/naming.ts";
import { parsePythonJson } from "../src/json/parse.ts";
import type { Layer } from "../src/layers/layer.ts";
import { quantizeAll } from "../src/layers/quantize.ts";
import type { QuantizeOptions } from "../src/layers/quantize-options.ts";
import { withSublayers } from "../src/layers/weights.ts";
import { AbsMaxQuantizer, Int4QuantizationConfig, Int8QuantizationConfig } from "../src/quantizers/index.ts";
import { deserialize } from "../src/registry/deserialize.ts";
import { recordTensor, type TensorRecord } from "./formula.ts";
import {
  assignWeights,
  callEagerly,
  callSymbolically,
  type LayerRecord,
  runTraced,
  textOf,
  traceCall,
} from "./golden-layers.ts";
import { noteFor, textAspect } from "./tried.ts";

useReference();
const ort = onnxruntime({ package: "onnxruntime-node" });

interface QuantizedRecord extends LayerRecord {
  /** What `quantize` is given in Python. */
  readonly how: string;
  readonly quantized_text: string;
  /** Those that the layer then has, by their paths. */
  readonly variables: readonly (TensorRecord & { readonly path: string })[];
}

const int4 = (options: ConstructorParameters<typeof Int4QuantizationConfig>[0]) => ({
  config: new Int4QuantizationConfig(options),
});

/** What Python's arguments are here. */
const ways: Readonly<Record<string, readonly [string | null, QuantizeOptions]>> = {
  "'int8'": ["int8", {}],
  "'int4'": ["int4", {}],
  "'float8'": ["float8", {}],
  "config=Q.Int4QuantizationConfig(block_size=2)": [null, int4({ block_size: 2 })],
  "config=Q.Int4QuantizationConfig(block_size=4)": [null, int4({ block_size: 4 })],
  "config=Q.Int4QuantizationConfig(block_size=-1)": [null, int4({ block_size: -1 })],
  "config=Q.Int4QuantizationConfig(None, Q.AbsMaxQuantizer(), block_size=None)": [
    null,
    int4({ activation_quantizer: new AbsMaxQuantizer(), block_size: null }),
  ],
  "config=Q.Int8QuantizationConfig(activation_quantizer=None)": [
    null,
    { config: new Int8QuantizationConfig({ activation_quantizer: null }) },
  ],
};

function casesOf(version: string): QuantizedRecord[] {
  const path = new URL(`../golden/${version}/quantized.json`, import.meta.url);
  return (JSON.parse(readFileSync(path, "utf8")) as { cases: QuantizedRecord[] }).cases;
}

/** Outputs that a newer version has as the first has them are not written again. */
const baseline = new Map(casesOf("3.6").map(({ id, outputs }) => [id, outputs]));

describe.each(["3.6", "3.15"])("layers quantized as Keras %s quantizes them", (version) => {
  const dialect = parseDialect(version)!;
  const records = casesOf(version).map((record) => ({
    ...record,
    outputs: record.outputs ?? baseline.get(record.id)!,
  }));

  it.for(records)("$id", async (record, context) => {
    const { class_name: name, how, quantized_text: text, variables, outputs } = record;
    resetNames();
    const layer = deserialize(parsePythonJson(record.config_text), { registry: builtins, dialect }) as Layer;
    callSymbolically(layer, record);
    assignWeights(layer, record);
    const [mode, options] = ways[how]!;
    await quantizeAll("quantize", withSublayers<Layer>(layer), mode, options);
    const note = noteFor(context, `layers.${name}`);
    note(textAspect(version), () => expect(textOf(layer, dialect)).toBe(text));
    note("weights", () => {
      const found = layer.weights.toSorted((a, b) => (a.path < b.path ? -1 : 1));
      expect(found.map(({ path, shape, dtype }) => ({ path, shape, dtype }))).toEqual(
        variables.map(({ path, shape, dtype }) => ({ path, shape, dtype })),
      );
      for (const [i, { path, value }] of found.entries())
        expectClose(value, recordTensor(variables[i]!), path);
    });
    note("values", () =>
      expectClose(callEagerly(layer, record).outputs[0]!, recordTensor(outputs[0]!), "eager"),
    );
    const traced = traceCall(layer, record);
    for (const engine of [reference, ort]) {
      const { outputs: received } = await runTraced(engine, traced, record);
      note(engine === ort ? "values on ONNX Runtime" : "values", () =>
        expectClose(received[0]!, recordTensor(outputs[0]!), engine.name),
      );
    }
  });
});
