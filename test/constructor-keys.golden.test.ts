import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { isDict, namedIn, nameOf } from "../src/dialects/change.ts";
import { newValuesIn } from "../src/dialects/new-values.ts";
import { sayNewer } from "../src/dialects/say-newer.ts";
import { ConfigError, deserialize, type Model, modelFromJson, Sequential } from "../src/index.ts";
import type { JsonObject, JsonValue } from "../src/json/json.ts";
import { parsePythonJson } from "../src/json/parse.ts";
import { Layer } from "../src/layers/index.ts";
import { knowOlderLayers } from "../src/layers/tf-keras/know.ts";
import { textOf } from "../src/models/text-of.ts";
import { goldenObjects } from "./golden-custom.ts";

// What is written for a version of Keras: its constructors take every key, or it is refused.

type Keys = readonly string[] | null;

const { versions, classes } = JSON.parse(readFileSync("golden/constructor_keys.json", "utf8")) as {
  readonly versions: readonly number[];
  readonly classes: Readonly<Record<string, readonly (readonly [since: number, keys: Keys])[]>>;
};

const options = { customObjects: goldenObjects };

/** A few texts of each class of the newest version that has golden files. */
function texts(): Map<string, string[]> {
  const folder = "golden/3.15";
  const layers = ["layers", "image_parts", "texts"].flatMap((name) =>
    readdirSync(`${folder}/${name}`).map((file) => `${name}/${file}`),
  );
  const found = new Map<string, string[]>();
  for (const file of ["ops.json", "linalg.json", "image_ops.json", ...layers]) {
    const { cases } = JSON.parse(readFileSync(`${folder}/${file}`, "utf8")) as {
      readonly cases: readonly { readonly config_text: string }[];
    };
    for (const { config_text: text } of cases) {
      const { class_name: name, config } = parsePythonJson(text) as JsonObject;
      const inner = isDict(config) && Array.isArray(config.layers) ? config.layers.at(-1) : null;
      const kind = isDict(inner) ? String(inner.class_name) : String(name);
      const some = found.get(kind) ?? [];
      found.set(kind, some.length < 3 ? [...some, text] : some);
    }
  }
  return found;
}

function modelOf(text: string): Model {
  const parsed = parsePythonJson(text) as JsonObject;
  if (isDict(parsed.config) && Array.isArray(parsed.config.layers)) return modelFromJson(text, options);
  const layer = deserialize(parsed, options);
  if (!(layer instanceof Layer)) throw new Error(`expected a layer, received ${text}`);
  return new Sequential([layer]);
}

/** Since when which keys are taken; configs of Keras 2 name no module. */
function rowsOf(envelope: JsonObject) {
  const named = namedIn(envelope);
  if (named.module !== null) return classes[nameOf(named)];
  const kinds = ["layers", "initializers", "regularizers", "constraints"];
  return kinds.map((kind) => classes[`keras.${kind}>${named.className}`]).find((rows) => rows !== undefined);
}

/** What a version does not take of the objects in a text. */
function unknownIn(value: JsonValue | undefined, version: number): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => unknownIn(item, version));
  if (!isDict(value)) return [];
  const inside = Object.values(value).flatMap((item) => unknownIn(item, version));
  const named = namedIn(value);
  const name = nameOf(named);
  const rows = rowsOf(value);
  if (!rows || !isDict(value.config)) return inside;
  const keys = rows.findLast(([since]) => since <= version)?.[1] ?? null;
  if (keys === null) return [...inside, name];
  // The keys of a function are made of others' names there.
  if (named.className === "Lambda") return inside;
  const others = Object.keys(value.config).filter((key) => !keys.includes(key) && key !== "batch_shape");
  return [...inside, ...others.map((key) => `${name}.${key}`)];
}

beforeAll(knowOlderLayers);

/** What is refused for versions that have the class, since all its texts here say what came later; from which on it is written. */
const later: Readonly<Record<string, number>> = { Bidirectional: 303 };

describe("what is written for every Keras is known there", () => {
  it.each([...texts()])("%s", (kind, some) => {
    const written = new Set<number>();
    for (const model of some.map(modelOf))
      for (const version of versions)
        try {
          const text = textOf(model, { keras: version }, sayNewer);
          expect(unknownIn(parsePythonJson(text) as JsonValue, version), String(version)).toEqual([]);
          written.add(version);
        } catch (error) {
          if (!(error instanceof ConfigError)) throw error;
        }
    const own = Object.entries(classes).find(
      ([name]) => name.startsWith("keras.") && name.endsWith(`>${kind}`),
    );
    const first = own?.[1].find(([since, keys]) => since >= 300 && keys !== null)?.[0] ?? 300;
    const without = versions.filter((version) => version >= (later[kind] ?? first) && !written.has(version));
    expect(without).toEqual([]);
  });
});

it("classes are refused for those versions that do not have them", () => {
  const wrong = Object.entries(classes).flatMap(([name, rows]) => {
    const [module, className] = name.split(">") as [string, string];
    // Versions before 3.4 have policies by their names, without their classes.
    if (module === "keras.dtype_policies" && rows.find(([since]) => since >= 300)![0] <= 304) return [];
    const own = rows.find(([since, keys]) => since >= 300 && keys !== null);
    const before = rows.find(([, keys]) => keys !== null)![0];
    if (!own || !/^keras\.(?:dtype_policies$|layers$|src\.ops)/.test(module)) return [];
    const since = before <= 300 ? 0 : own[0];
    const found = newValuesIn({ module, class_name: className, config: {} });
    const said = found.find(({ key }) => key === "class_name")?.since ?? 0;
    return said === since ? [] : [`${name}: expected ${since}, received ${said}`];
  });
  expect(wrong).toEqual([]);
});
