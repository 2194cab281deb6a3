import { expect, it } from "vitest";
import { parseDialect } from "../../src/dialects/version.ts";
import { CeratopsError } from "../../src/errors.ts";
import { autoName, isAutoName, keepingNames } from "../../src/graph/naming.ts";
import { Input, modelFromJson, Sequential, tensor } from "../../src/index.ts";
import { inspect } from "../../src/json/inspect.ts";
import { parsePythonJson } from "../../src/json/parse.ts";
import { printable } from "../../src/json/printable.ts";
import { stringifyPythonJson } from "../../src/json/stringify.ts";
import { EinsumDense, ReLU } from "../../src/layers/index.ts";
import { einsum } from "../../src/ops/index.ts";
import { drawGraph, modelGraph } from "../../src/picture/index.ts";
import { nameOf, withoutSecrets } from "../../src/saving/address.ts";
import { foreignText } from "../../src/saving/formats/foreign-text.ts";
import { nameProblem, quoteName } from "../../src/saving/member-name.ts";
import { readNpy } from "../../src/tensor/npy.ts";

/** What is done to texts that stand in files. None may take a time that grows with the square of their length. */
const works: Readonly<Record<string, (text: string) => unknown>> = {
  inspect,
  printable,
  nameOf,
  withoutSecrets,
  foreignText,
  nameProblem,
  quoteName,
  version: parseDialect,
  names: (text) => keepingNames(() => [autoName(text), isAutoName(text, "Dense")]),
  json: (text) => parsePythonJson(stringifyPythonJson({ [text]: text })),
  "broken json": parsePythonJson,
  equation: (text) => einsum(tensor([[1]]), tensor([[1]]), { subscripts: text }),
  "equation of a layer": (text) =>
    new EinsumDense({ equation: text, output_shape: [null, 2] }).apply(tensor([[1]])),
  "header of NumPy": (text) => readNpy(npy(text)),
  "name of a layer": (text) => looks(new Sequential([Input({ shape: [2] }), new ReLU({ name: text })])),
  "class of a layer": (text) => modelFromJson(layerText({ class_name: text })),
  "module of a layer": (text) => modelFromJson(layerText({ module: text })),
  "key of a layer": (text) => modelFromJson(layerText({ config: { [text]: 1 } })),
  "kept class of a layer": (text) =>
    looks(modelFromJson(layerText({ class_name: text }), { onUnknown: () => undefined })),
};

const parts = [
  ..." \t\n_-/\\.,:;?#@=<>(){}[]\"'$%0aA\u00e9\ud800\u200d",
  ..."aA|A1|a/|a.|a,|->|,a|...|://|https://|{,|--> |<!--|(1|__|{'descr': '|'}".split("|"),
];
const starts = ["", "a", "/", "{", "(", "https://", "<!--", "{'descr':", "a,b->", "keras."];

it.each(Object.entries(works))("%s takes a long text", (name, work) => {
  for (const part of parts) {
    // What begins a text matters to those that look at it themselves.
    for (const start of name.endsWith("of a layer") ? [""] : starts) {
      try {
        work(`${start}${part.repeat(50_000)}\0x`);
      } catch (error) {
        expect(error).toBeInstanceOf(CeratopsError);
      }
    }
  }
});

function looks(model: Sequential | ReturnType<typeof modelFromJson>): void {
  model.summary();
  const graph = modelGraph(model);
  for (const format of ["svg", "mermaid", "dot"] as const) drawGraph(graph, { format });
}

function npy(header: string): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(12 + text.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 2, 0]);
  new DataView(bytes.buffer).setUint32(8, text.length, true);
  bytes.set(text, 12);
  return bytes;
}

/** A model with one layer that has something else in its envelope. */
function layerText(changed: object): string {
  return stringifyPythonJson({
    module: "keras",
    class_name: "Sequential",
    config: {
      name: "m",
      layers: [
        { module: "keras.layers", class_name: "InputLayer", config: { batch_shape: [null, 2], name: "in" } },
        { module: "keras.layers", class_name: "ReLU", config: { name: "r" }, ...changed },
      ],
    },
  });
}
