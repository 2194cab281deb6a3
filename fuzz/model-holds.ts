import { eachDict } from "../src/check/each-dict.ts";
import { isOlder } from "../src/dialects/version.ts";
import { cloneModel, type Model, modelFromJson, parsePythonJson } from "../src/index.ts";
import { comparable } from "../src/json/comparable.ts";
import { copyJson } from "../src/json/copy.ts";
import type { JsonValue } from "../src/json/json.ts";
import { loadModel, toBytes } from "../src/saving/index.ts";
import { unprintable } from "./judge.ts";
import { expectThat } from "./reader.ts";
import type { Reading } from "./reading.ts";
import { withoutIds } from "./without-ids.ts";

/** Weights that are written and compared; models of more are looked at without. */
const mostBytes = 2 ** 22;
const noMemoryHolds = 2 ** 45;

/** What must hold for each model that was read: it is shown, written, read again the same, cloned, and saved. */
export async function expectModelHolds(model: Model, reading: Reading): Promise<void> {
  const text = model.toJson();
  expectThat(modelFromJson(text, reading).toJson() === text, "toJson, read again, gives another text");
  const { compileState, optimizer, loss, optimizerState } = model;
  expectThat(
    compileState !== null || (optimizer ?? loss ?? null) === null,
    "it has a loss, and is not compiled",
  );
  for (const variable of optimizerState ? (optimizer?.variables ?? []) : [])
    expectThat(
      variable.shape.every((size) => size >= 0),
      "a variable of the optimizer has no shape",
    );
  const summary = model.summary();
  expectThat(!unprintable.test(summary.replaceAll("\n", "")), "the summary has control characters");
  model.summary({ expand_nested: true, show_trainable: true });
  expectCloned(model, reading);
  const size = bytesOf(model);
  if (size > mostBytes) {
    if (size > noMemoryHolds) await toBytes(model);
    return;
  }
  const bytes = await toBytes(model);
  const again = await loadModel(bytes, reading);
  // What came from older files is saved for Keras 3.
  const saved = isOlder(model.dialect) ? model.toJson({ keras: "3.6" }) : text;
  expectThat(isSaved(again.toJson(), saved), "saved and loaded, it has another text");
  await expectSameWeights(model, again);
}

/** Whether a file has the text that it was saved from. Where that names classes without their modules, a file says them. */
function isSaved(text: string, saved: string): boolean {
  if (text === saved) return true;
  let isBare = false;
  eachDict(parsePythonJson(saved), "config", (dict) => {
    const isNamed = typeof dict.class_name === "string" && !/^__\w+__$/.test(dict.class_name);
    isBare ||= isNamed && !("module" in dict && "registered_name" in dict);
  });
  return isBare && withoutModules(text) === withoutModules(saved);
}

/** A text without what files say besides, in any order of keys. */
function withoutModules(text: string): string {
  const said = ["module", "registered_name", "build_config", "shared_object_id"];
  return comparable(inOrder(said.reduce((json, key) => copyJson(json, key), parsePythonJson(text))));
}

function inOrder(json: JsonValue): JsonValue {
  if (Array.isArray(json)) return json.map(inOrder);
  if (typeof json !== "object" || json === null) return json;
  const entries = Object.entries(json).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, value]) => [key, inOrder(value ?? null)]));
}

/** A clone leaves out what nobody knows of a file, and what it has is read and cloned again the same. */
function expectCloned(model: Model, reading: Reading): void {
  const clone = cloneModel(model);
  const text = clone.toJson();
  const again = modelFromJson(text, reading).toJson();
  expectThat(withoutIds(again) === withoutIds(text), "a clone, read again, has another text");
  expectThat(cloneModel(clone).toJson() === text, "the clone of a clone has another text");
}

function bytesOf(model: Model): number {
  return model.weights.reduce(
    (sum, { shape }) => sum + 8 * shape.reduce<number>((a, b) => a * (b ?? 1), 1),
    0,
  );
}

async function expectSameWeights(model: Model, again: Model): Promise<void> {
  expectThat(model.weights.length === again.weights.length, "saved and loaded, it has other weights");
  for (const [i, variable] of model.weights.entries()) {
    const one = (await variable.load()).data;
    const two = (await again.weights[i]!.load()).data;
    const isSame = Buffer.from(one.buffer, one.byteOffset, one.byteLength).equals(
      Buffer.from(two.buffer, two.byteOffset, two.byteLength),
    );
    expectThat(isSame, "saved and loaded, a weight is another");
  }
}
