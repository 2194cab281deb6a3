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
  if (isObject(value)) return value;
  throw new FileError(at, `expected an object, received ${inspect(value)}.`);
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
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

/** What is wanted of every layer. */
export interface LayerNote {
  readonly name: string;
  /** What the layer itself says, which the config of a model does not. */
  readonly trainable: boolean;
}

/** How Keras begins metadata: to read all of it would be to read the config of a layer once for each model around it. */
const start = /^\s*\{\s*"name"\s*:\s*("(?:[^"\\]|\\.)*")\s*,\s*(?:"trainable"\s*:\s*(false))?/;

/** What is noted of layers, by the ways to them. */
export function notesOf(nodes: readonly KerasNode[]): ReadonlyMap<string, LayerNote> {
  const notes = new Map<string, LayerNote>();
  for (const { path, metadata } of nodes) {
    const [, quoted, frozen] = start.exec(metadata) ?? [];
    if (quoted === undefined) continue;
    try {
      notes.set(path, { name: String(JSON.parse(quoted)), trainable: frozen === undefined });
    } catch {
      // It is no name that JSON knows: its layer is found by its place.
    }
  }
  return notes;
}
