import { FileError } from "../../errors.ts";
import { setEntry } from "../../json/copy.ts";
import { inspect } from "../../json/inspect.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { parseWithin } from "../../json/parse.ts";
import type { Budget } from "../budget.ts";
import { fieldsOf } from "./protobuf.ts";

/** What Keras notes of one object of a SavedModel. */
export interface KerasNode {
  /** The way to it from the model, which is `root`: `root.layer-0`. */
  readonly path: string;
  /** What kind of object it is: `_tf_keras_sequential`, `_tf_keras_layer`. */
  readonly identifier: string;
  /** JSON. */
  readonly metadata: string;
}

/** Reads the nodes of `keras_metadata.pb`, a `SavedMetadata`. */
export function readKerasMetadata(bytes: Uint8Array, at: string, budget: Budget): readonly KerasNode[] {
  const nodes: KerasNode[] = [];
  for (const field of fieldsOf(bytes, at)) {
    if (field.number !== 1) continue;
    budget.objects.take(1, at);
    nodes.push(readNode(field.bytes, `${at}: node ${nodes.length}`));
  }
  return nodes;
}

function readNode(bytes: Uint8Array, at: string): KerasNode {
  let [path, identifier, metadata] = ["", "", ""];
  for (const field of fieldsOf(bytes, at)) {
    if (field.number === 3) path = field.text;
    if (field.number === 4) identifier = field.text;
    if (field.number === 5) metadata = field.text;
  }
  return { path, identifier, metadata };
}

/** The metadata of a node, with lists for what Python had as tuples and shapes. */
export function parseMetadata(text: string, at: string, budget: Budget): JsonObject {
  const value = plainLists(parseWithin(text, at, budget.jsonValues));
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new FileError(at, `expected an object, received ${inspect(value)}.`);
}

const listed: ReadonlySet<unknown> = new Set(["__tuple__", "TensorShape"]);

/** Changes `{"class_name": "__tuple__", "items": […]}` into lists, everywhere inside. */
function plainLists(value: JsonValue): JsonValue {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) value[i] = plainLists(item);
    return value;
  }
  if (listed.has(value.class_name) && Array.isArray(value.items)) return plainLists(value.items);
  for (const key of Object.keys(value)) setEntry(value, key, plainLists(value[key] ?? null));
  return value;
}

/** A name at the beginning of metadata, where Keras has it. */
const nameFirst = /^\s*\{\s*"name"\s*:\s*("(?:[^"\\]|\\.)*")/;

/** The names of layers by the ways to them. */
export function namesOf(nodes: readonly KerasNode[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { path, metadata } of nodes) {
    const [, quoted] = nameFirst.exec(metadata) ?? [];
    if (quoted === undefined) continue;
    try {
      names.set(path, String(JSON.parse(quoted)));
    } catch {
      // It is none that JSON knows: its layer is found by its place.
    }
  }
  return names;
}
