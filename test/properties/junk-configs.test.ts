import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { builtins, CeratopsError, deserialize, parsePythonJson } from "../../src/index.ts";
import { Layer } from "../../src/layers/layer.ts";
import { layerFiles } from "../golden-layers.ts";

/** What a config may have for a value, by how it is shown. */
const values: readonly (readonly [string, unknown])[] = [
  ["null", null],
  ["true", true],
  ["0", 0],
  ["-1", -1],
  ["0.5", 0.5],
  ["2^31", 2 ** 31],
  ["2^53", 2n ** 53n + 2n],
  ["1e308", 1e308],
  ["NaN", Number.NaN],
  ['""', ""],
  ['"x"', "x"],
  ["[]", []],
  ["{}", {}],
  ["[null]", [null]],
  ["[-1, 2]", [-1, 2]],
  ["[2^53, 2]", [2n ** 53n + 2n, 2]],
  ["[1e308, 1]", [1e308, 1]],
  [
    "[[1, 2], [3, [4]]]",
    [
      [1, 2],
      [3, [4]],
    ],
  ],
  ["a long list", Array(1000).fill(1)],
  ["a dict of a class", { module: "keras.layers", class_name: "Dense", config: { units: 2 } }],
  ["a dict of no class", { module: { toString: null }, class_name: "DTypePolicy", config: [] }],
  ["a dict of a class and no config", { class_name: "Zeros", config: null }],
  ["a tensor of a graph", { class_name: "__keras_tensor__", config: { keras_history: ["x", 0, 0] } }],
  ["a NumPy array", { class_name: "__numpy__", config: { value: 3, dtype: "object" } }],
  ["a function", { class_name: "function", config: "x", registered_name: null }],
];

const shapes: readonly (readonly [string, unknown])[] = [
  ...values,
  ["[3]", [3]],
  ["[null, 3]", [null, 3]],
  ["[null, 0, 3]", [null, 0, 3]],
  ["[null, 5, 3]", [null, 5, 3]],
  ["[null, null, null, 3]", [null, null, null, 3]],
  ["[null, 2^31]", [null, 2 ** 31]],
  ["[null, 2^52, 2^52]", [null, 2 ** 52, 2 ** 52]],
  ["five", [null, 2, 2, 2, 2]],
  [
    "two shapes",
    [
      [null, 3],
      [null, 3],
    ],
  ],
  ["two others", [[], [null, 2, 3]]],
  ["a dict of shapes", { a: [null, 3], b: [2] }],
];

/** Texts of the platform's own errors, which say nothing to a user. */
const raw =
  /is not a|is not iterable|is not defined|[Cc]annot |Invalid |call stack|allocation|out of bounds|\[object |\bundefined\b|has a bug/;

function faults(where: string, body: () => unknown): string[] {
  try {
    body();
    return [];
  } catch (error) {
    if (!(error instanceof CeratopsError)) return [`${where}: ${error}`];
    return error.issues
      .filter(({ path, message }) => path === "" || raw.test(message) || message.length > 1000)
      .map(({ path, message }) => `${where}: ${path}: ${message}`);
  }
}

interface Envelope {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Texts of Keras 3.6: of layers, of models, and of what they are made with. */
const folder = new URL("../../golden/3.6/", import.meta.url);
const golden = (file: string) => JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Golden;
interface Golden {
  readonly config_text?: string | null;
  readonly objects?: readonly Golden[];
}
const models = readdirSync(new URL("models/", folder)).map((file) => golden(`models/${file}`));
const records = [
  ...layerFiles("3.6").flatMap(({ cases }) => cases),
  ...(golden("objects.json").objects ?? []),
  ...models,
];
/** The first text of each class. */
const texts = new Map<string, string>();
for (const { config_text } of records) {
  const text = config_text ?? "null";
  const json = parsePythonJson(text);
  if (isEnvelope(json) && !texts.has(json.class_name)) texts.set(json.class_name, text);
}

function isEnvelope(value: unknown): value is Envelope {
  if (typeof value !== "object" || value === null || !("config" in value)) return false;
  return typeof value.config === "object" && value.config !== null && "class_name" in value;
}

function read(given: object): unknown {
  const object = deserialize(given, { registry: builtins, onUnknown: () => {} });
  return object instanceof Layer ? object.getConfig() : object;
}

describe("a config of any shape makes an object, or an error that says where", () => {
  it.each([...texts])("%s", (_, text) => {
    const envelope = () => parsePythonJson(text) as object & Envelope;
    const found: string[] = [];
    const tries = (where: string, make: () => object) => found.push(...faults(where, () => read(make())));
    for (const key of ["module", "class_name", "registered_name", "config", "build_config", "compile_config"])
      for (const [shown, value] of shapes) tries(`${key} ${shown}`, () => ({ ...envelope(), [key]: value }));
    for (const key of Object.keys(envelope().config))
      for (const [shown, value] of values)
        tries(`${key} ${shown}`, () => {
          const { config, ...rest } = envelope();
          return { ...rest, config: { ...config, [key]: value } };
        });
    expect(found.join("\n")).toBe("");
  });

  const layers = layerFiles("3.6").flatMap(({ name, cases: [first] }) =>
    first ? [[name, first.config_text] as const] : [],
  );
  it.each(layers)("%s is built with shapes of any kind", (_, text) => {
    const envelope = () => parsePythonJson(text) as object;
    const layer = deserialize(envelope(), { registry: builtins, onUnknown: () => {} }) as Layer;
    const names = layer.constructor.signature.shapes;
    const found: string[] = [];
    const tries = (where: string, build_config: object) =>
      found.push(...faults(where, () => read({ ...envelope(), build_config })));
    for (const [shown, value] of shapes) {
      tries(`input_shape ${shown}`, { input_shape: value });
      tries(`shapes_dict ${shown}`, { shapes_dict: value });
      for (const name of names)
        for (const other of [
          [null, 5, 3],
          [null, 3],
        ])
          tries(`${name} ${shown}`, {
            shapes_dict: { ...Object.fromEntries(names.map((each) => [each, other])), [name]: value },
          });
    }
    expect(found.join("\n")).toBe("");
  });
});
