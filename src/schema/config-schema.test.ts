import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { goldenObjects } from "../../test/golden-custom.ts";
import { builtins } from "../builtins.ts";
import { parseDialect } from "../dialects/version.ts";
import { CeratopsError } from "../errors.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { parsePythonJson } from "../json/parse.ts";
import { Dense } from "../layers/core/dense.ts";
import { deserialize } from "../registry/deserialize.ts";
import { configSchema, type Described } from "./config-schema.ts";

const ajv = new Ajv2020({ allErrors: true, strict: false });
const golden = new URL("../../golden/", import.meta.url);
const versions = ["3.6", "3.15"] as const;

/** The envelopes of a version's golden layers and objects, each text once. */
function envelopesOf(version: string): readonly JsonObject[] {
  const texts = new Set<string>();
  const folder = new URL(`${version}/layers/`, golden);
  const files = readdirSync(folder).map((name) => new URL(name, folder));
  for (const file of [
    ...files,
    new URL(`${version}/objects.json`, golden),
    new URL(`${version}/quantizers.json`, golden),
  ])
    for (const [, text] of readFileSync(file, "utf8").matchAll(/"config_text":("(?:[^"\\]|\\.)*")/g))
      texts.add(JSON.parse(text!) as string);
  const found = [...texts].map((text) => parsePythonJson(text) as JsonValue);
  return found.filter(
    (each): each is JsonObject =>
      typeof each === "object" && each !== null && !Array.isArray(each) && "class_name" in each,
  );
}

function classOf({ module, class_name: name }: JsonObject): Described | undefined {
  return builtins.builtin(module as string, name as string) as Described | undefined;
}

/** What is no value of any key that has a kind. */
const strange: JsonValue = { strange: [[true]] };

describe.each(versions)("schemas of Keras %s", (keras) => {
  const envelopes = envelopesOf(keras).filter((each) => classOf(each) !== undefined);
  const validators = new Map<Described, ReturnType<typeof ajv.compile>>();
  const validator = (cls: Described) => {
    const known = validators.get(cls) ?? ajv.compile(configSchema(cls, { keras }));
    validators.set(cls, known);
    return known;
  };

  it("allow every golden config", () => {
    expect(envelopes.length).toBeGreaterThan(300);
    const refused = envelopes.flatMap((envelope) => {
      const validate = validator(classOf(envelope)!);
      return validate(envelope.config)
        ? []
        : [`${envelope.class_name}: ${JSON.stringify(envelope.config)}: ${ajv.errorsText(validate.errors)}`];
    });
    expect(refused.slice(0, 12)).toEqual([]);
    expect(refused).toHaveLength(0);
  });

  it("refuse what is refused here, at the same key", () => {
    const seen = new Set<unknown>();
    const different: string[] = [];
    let tried = 0;
    for (const envelope of envelopes) {
      const cls = classOf(envelope)!;
      if (seen.has(cls)) continue;
      seen.add(cls);
      const config = envelope.config as JsonObject;
      for (const key of [...Object.keys(config), "no_such_key"]) {
        const mutated = { ...config, [key]: strange };
        const ours = pathsOf(() =>
          deserialize(
            { ...envelope, config: mutated },
            {
              registry: builtins,
              customObjects: goldenObjects,
              dialect: parseDialect(keras)!,
              path: "config",
            },
          ),
        );
        const validate = validator(cls);
        const theirs = validate(mutated)
          ? []
          : (validate.errors ?? []).map(
              ({ instancePath, params }) =>
                instancePath.slice(1).split("/")[0] || (params.additionalProperty as string),
            );
        tried++;
        if (ours.some((path) => path.includes(key)) !== theirs.includes(key))
          different.push(`${cls.className}.${key}: ${ours.join()} ${theirs.join()}`);
      }
    }
    expect(tried).toBeGreaterThan(500);
    expect(different).toEqual([]);
  });
});

function pathsOf(read: () => unknown): string[] {
  try {
    read();
    return [];
  } catch (error) {
    return error instanceof CeratopsError
      ? error.issues.map(({ path, message }) => `${path} ${message}`)
      : [String(error)];
  }
}

describe("the schema of a class", () => {
  it("says what must be given, what is so by default, and what a version has", () => {
    const newest = configSchema(Dense) as { properties: Record<string, unknown>; required: string[] };
    expect(newest.required).toEqual(["units"]);
    expect(newest.properties.units).toEqual({ type: "integer", minimum: 1 });
    expect(newest.properties.use_bias).toEqual({ type: "boolean", default: true });
    const old = configSchema(Dense, { keras: "3.6" }) as typeof newest;
    expect(Object.keys(newest.properties)).toContain("quantization_config");
    expect(Object.keys(old.properties)).not.toContain("quantization_config");
  });

  it.each([
    [
      "a class that is none",
      () => configSchema({} as never),
      "configSchema: expected a class with fields, received {}.",
    ],
    [
      "a version that is none",
      () => configSchema(Dense, { keras: "x" }),
      "configSchema.keras: expected a version of Keras",
    ],
  ])("is refused for %s", (_, make, message) => expect(make).toThrow(message));
});
