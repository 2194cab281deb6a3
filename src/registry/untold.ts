import { ConfigError, type Issue } from "../errors.ts";
import type { Reading } from "../fields/reading.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { aboutOf, setAbout } from "../json/marks.ts";
import { joinPath } from "../json/path.ts";
import { quote } from "../json/quote.ts";
import { isKerasModule, ofModule } from "./keras-module.ts";
import type { Registry } from "./registry.ts";

/** Stands beside what a file names of others and nobody was told of; copies keep it, and what is read loses it. */
const UNTOLD = {};

/** The keys of an envelope that are read here; all others are carried along. */
const READ = /^(?:module|class_name|config|registered_name|shared_object_id|name|inbound_nodes)$/;

/**
 * Marks what a config names of modules that are not Keras's, and which Keras for Python may import. What is read fails
 * where it is not known; what is only carried along, as how a model was compiled, keeps the mark, and is not written on.
 */
export function markForeign(config: JsonValue, registry: Registry): void {
  eachDict(config, [], (dict) => {
    if (foreignName(dict, registry) !== null && aboutOf(dict) === undefined) setAbout(dict, UNTOLD);
  });
}

/** Tells who asked to be told of what is not known what an envelope carries along of others. */
export function noteCarried(envelope: JsonObject, { path, notice }: Where, registry: Registry): void {
  if (!notice) return;
  for (const key in envelope) {
    if (READ.test(key)) continue;
    eachDict(envelope[key], [key], (dict, keys) => {
      const name = foreignName(dict, registry);
      if (name !== null) notice(issueOf(dict, name, keys, path, ""), null);
    });
  }
}

/** Where an envelope is being read, and who is told of what is not known. */
type Where = Pick<Reading, "path" | "notice">;

/** The config of a model, as long as it names nothing of others that nobody was told of when it was read. */
export function checkTold(config: JsonObject): JsonObject {
  const issues: Issue[] = [];
  eachDict(config, [], (dict, keys) => {
    if (aboutOf(dict) !== UNTOLD) return;
    const help = " Load it with onUnknown to write it on, or without: compile: false.";
    issues.push(issueOf(dict, nameIn(dict), keys, "config", help));
  });
  if (issues.length > 0) throw new ConfigError(issues);
  return config;
}

function issueOf(
  dict: JsonObject,
  name: string,
  keys: readonly (string | number)[],
  base: string,
  help: string,
): Issue {
  const message = `expected what is of Keras, or known here, received ${quote(name)}${ofModule(dict.module)}.${help}`;
  return { path: keys.reduce<string>(joinPath, base), message };
}

/** What an envelope names of a module that is not Keras's; null where it does not. `__main__` is the program itself. */
function foreignName(dict: JsonObject, registry: Registry): string | null {
  const { class_name: className, module, registered_name: registered } = dict;
  if (typeof className !== "string" || typeof module !== "string" || module === "__main__") return null;
  if (isKerasModule(module) || (className === "function" && module === "builtins")) return null;
  if (className === "__typespec__" && module.startsWith("tensorflow.")) return null;
  const name = nameIn(dict);
  return registry.custom(name) || (typeof registered === "string" && registry.custom(registered))
    ? null
    : name;
}

function nameIn({ class_name: name, config, spec_name: spec }: JsonObject): string {
  const named = name === "function" ? config : (spec ?? name);
  return typeof named === "string" ? named : "object";
}

/** Goes through all dicts of a value, whose depth is limited where it comes from. */
function eachDict(
  value: JsonValue | undefined,
  keys: (string | number)[],
  visit: (dict: JsonObject, keys: readonly (string | number)[]) => void,
): void {
  if (typeof value !== "object" || value === null) return;
  const below = (key: string | number, item: JsonValue | undefined) => {
    if (typeof item !== "object") return;
    keys.push(key);
    eachDict(item, keys, visit);
    keys.pop();
  };
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) below(i, value[i]);
    return;
  }
  visit(value, keys);
  for (const key in value) below(key, value[key]);
}
