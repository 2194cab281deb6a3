import { describe, expect, it } from "vitest";
import { builtins } from "../src/builtins.ts";
import { parseDialect } from "../src/dialects/version.ts";
import { onnxruntime } from "../src/engines/onnxruntime/index.ts";
import { reference, useReference } from "../src/engines/reference/index.ts";
import { parsePythonJson } from "../src/json/parse.ts";
import type { Layer } from "../src/layers/layer.ts";
import { deserialize } from "../src/registry/deserialize.ts";
import { toNumbers } from "../src/tensor/cast.ts";
import { type DType, isFloat } from "../src/tensor/dtype.ts";
import type { Tensor } from "../src/tensor/tensor.ts";
import type { TensorRecord } from "./formula.ts";
import { goldenObjects } from "./golden-custom.ts";
import { assignWeights, type LayerRecord, layerFiles, runTraced, traceCall } from "./golden-layers.ts";

// What the golden cases do in the dtype that they are of, their layers do in every float dtype: ONNX Runtime computes
// what the reference engine does, whatever it makes one operator of.

useReference();
const ort = onnxruntime({ package: "onnxruntime-node" });

/** How far apart, relative to 1 plus the largest number: every step is rounded on the one side, few on the other. */
const tolerances = { float64: 1e-6, float16: 1e-2, bfloat16: 6e-2 } as const;

type Wanted = keyof typeof tolerances;

/**
 * With rows that are masked whole: a large number is taken from all of their scores, of which float16 has nothing left;
 * ONNX Runtime computes on in float32.
 */
const maskedWhole: ReadonlySet<string> = new Set([
  "MultiHeadAttention carried_masks",
  "MultiHeadAttention named_masks",
]);

for (const dtype of Object.keys(tolerances) as Wanted[]) {
  describe(dtype, () => {
    for (const version of ["3.6", "3.15"]) {
      for (const { name, cases } of layerFiles(version)) {
        const run = cases.filter(
          ({ call, outputs, id }) =>
            // What is hashed has an integer dtype.
            name !== "Hashing" &&
            // Keras computes no spectrum of bfloat16.
            !(dtype === "bfloat16" && name === "STFTSpectrogram") &&
            call &&
            outputs &&
            !(dtype === "float16" && maskedWhole.has(`${name} ${id}`)),
        );
        it.each(run)(`${version} ${name} $id`, (record) => check(record, version, dtype));
      }
    }
  });
}

async function check(record: LayerRecord, version: string, dtype: Wanted): Promise<void> {
  const wanted = inDType(record, dtype);
  const layer = deserialize(parsePythonJson(wanted.config_text), {
    registry: builtins,
    customObjects: goldenObjects,
    dialect: parseDialect(version)!,
  }) as Layer;
  const traced = traceCall(layer, wanted);
  assignWeights(layer, wanted);
  const expected = await runTraced(reference, traced, wanted);
  const received = await runTraced(ort, traced, wanted);
  for (const [i, output] of expected.outputs.entries()) {
    if (output) expectNear(received.outputs[i]!, output, `${record.id}, output ${i}`, tolerances[dtype]);
  }
}

/** A case with all floats of one dtype. */
function inDType(record: LayerRecord, dtype: DType): LayerRecord {
  const turned = <R extends TensorRecord>(tensor: R): R =>
    isFloat(tensor.dtype) ? { ...tensor, dtype } : tensor;
  const policy = /("class_name": "DTypePolicy", "config": \{"name": )"[a-z0-9_]+"/g;
  return {
    ...record,
    config_text: record.config_text.replaceAll(policy, `$1"${dtype}"`),
    inputs: record.inputs!.map(turned),
    weights: (record.weights ?? []).map(turned),
  };
}

function expectNear(received: Tensor, expected: Tensor, what: string, tolerance: number): void {
  expect([received.dtype, received.shape], what).toEqual([expected.dtype, expected.shape]);
  const [a, b] = [received, expected].map((tensor) =>
    Array.from(toNumbers(tensor) as ArrayLike<number>, Number),
  );
  const size = 1 + Math.max(0, ...b!.filter(Number.isFinite).map(Math.abs));
  const wrong = b!.findIndex(
    (x, i) => !(Object.is(x, a![i]) || x === a![i] || Math.abs(x - a![i]!) <= tolerance * size),
  );
  expect(wrong < 0 ? "near" : `element ${wrong}: ${b![wrong]} became ${a![wrong]}`, what).toBe("near");
}
