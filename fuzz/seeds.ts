import { readdirSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { Plain } from "./reader.ts";

const golden = pathToFileURL(`${process.cwd()}/golden/`);
const largestSeed = 60_000;

/** Golden files under a folder whose names end so; large ones are left out. */
export function goldenFiles(folder: string, ending: string): Uint8Array[] {
  const names = readdirSync(new URL(`${folder}/`, golden)).filter((name) => name.endsWith(ending));
  return names
    .sort()
    .map((name) => new Uint8Array(readFileSync(new URL(`${folder}/${name}`, golden))))
    .filter(({ length }) => length <= largestSeed);
}

/** Real `.keras` files. */
export function kerasFiles(): Uint8Array[] {
  return ["3.6/files", "3.15/files", "3.6/unknown"].flatMap((folder) => goldenFiles(folder, ".keras"));
}

/** Configs of Keras 1 as YAML. */
export function goldenYaml(): string[] {
  const folder = new URL("1.2/models/", golden);
  const names = readdirSync(folder).filter((name) => name.endsWith("_tensorflow.json"));
  return names.sort().map((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")).yaml as string);
}

interface Record {
  readonly config_text?: string | null;
  readonly built_config_text?: string;
  readonly to_json?: string;
}

/** The configs in golden records: a text for each case, built ones with their `build_config`. */
export function goldenConfigs(path: string): Plain[] {
  const file = new URL(path, golden);
  const names = path.endsWith(".json")
    ? [""]
    : readdirSync(file)
        .filter((name) => name.endsWith(".json"))
        .sort();
  return names.flatMap((name) => {
    const text = readFileSync(name === "" ? file : new URL(`${path}/${name}`, golden), "utf8");
    return recordsIn(JSON.parse(text)).flatMap(configsOf);
  });
}

function recordsIn(file: object): Record[] {
  if ("config_text" in file || "to_json" in file) return [file as Record];
  const [records = []] = Object.values(file).filter(Array.isArray) as Record[][];
  return records;
}

function configsOf({ config_text, built_config_text, to_json }: Record): Plain[] {
  return [config_text, built_config_text, to_json]
    .filter((text) => typeof text === "string" && text.length <= largestSeed)
    .map((text) => parseConfig(text as string))
    .filter((value) => typeof value === "object" && value !== null);
}

/** JSON of Python's, whose NaN and Infinity are of no matter here. */
export function parseConfig(text: string): Plain {
  return JSON.parse(text.replace(/(?<=[:[,] ?)(?:NaN|-?Infinity)(?=[,}\]])/g, "1e999")) as Plain;
}
