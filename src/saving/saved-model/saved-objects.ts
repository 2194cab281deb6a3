import type { Budget } from "../budget.ts";
import type { KerasNode } from "./keras-metadata.ts";
import { fieldsOf } from "./protobuf.ts";

/** An object in `saved_model.pb`. */
export interface SavedObject {
  readonly children: ReadonlyMap<string, number>;
  /** What kind of object it was in Python, such as `_tf_keras_layer`; empty for functions, variables and the like. */
  readonly identifier: string;
  /** What Keras noted of it, as JSON; TensorFlow 2.0 to 2.4 have it here, later ones beside. */
  readonly metadata: string;
  /** Of a function the name of what it runs. */
  readonly runs: string;
  /** Of a constant its name in the graph. */
  readonly constant: string;
}

/** What is read of `saved_model.pb`. */
export interface SavedObjects {
  /** The first is the model. */
  readonly objects: readonly SavedObject[];
  /** The objects that a function is bound to, by its name. */
  readonly bound: ReadonlyMap<string, readonly number[]>;
  /** The graph, unread. */
  readonly graph: Uint8Array;
}

/** Reads the objects of a SavedModel, of which the first graph is that of the model. */
export function readSavedObjects(bytes: Uint8Array, at: string, budget: Budget): SavedObjects {
  const objects: SavedObject[] = [];
  const bound = new Map<string, readonly number[]>();
  let graph: Uint8Array = new Uint8Array();
  for (const meta of inside(bytes, 2, at)) {
    for (const field of fieldsOf(meta, at)) {
      if (field.number === 2) graph = field.bytes;
      if (field.number !== 7) continue;
      for (const part of fieldsOf(field.bytes, at)) {
        if (part.number === 1) objects.push(readObject(part.bytes, at, budget));
        if (part.number === 2) bound.set(textIn(part.bytes, 1, at), readBound(part.bytes, at, budget));
      }
    }
    break;
  }
  return { objects, bound, graph };
}

/** What Keras noted of the objects, by the shortest ways from the first. */
export function ownNotes({ objects }: SavedObjects, at: string, budget: Budget): readonly KerasNode[] {
  const found: KerasNode[] = [];
  const seen = new Set([0]);
  const pending = [{ id: 0, path: "root" }];
  for (const { id, path } of pending) {
    const object = objects[id];
    if (!object) continue;
    const { identifier, metadata, children } = object;
    found.push({ path, identifier, metadata });
    for (const [name, child] of children) {
      if (seen.has(child)) continue;
      seen.add(child);
      budget.textBytes.take(path.length + name.length, at);
      pending.push({ id: child, path: `${path}.${name}` });
    }
  }
  return found;
}

/** The messages in a field of a message. */
export function* inside(
  bytes: Uint8Array,
  number: number,
  at: string,
): Generator<Uint8Array, void, undefined> {
  for (const field of fieldsOf(bytes, at)) if (field.number === number) yield field.bytes;
}

/** The last text in a field of a message; empty where there is none. */
export function textIn(bytes: Uint8Array, number: number, at: string): string {
  let text = "";
  for (const field of fieldsOf(bytes, at)) if (field.number === number) text = field.text;
  return text;
}

function readObject(bytes: Uint8Array, at: string, budget: Budget): SavedObject {
  budget.objects.take(1, at);
  const children = new Map<string, number>();
  const texts = { identifier: "", metadata: "", runs: "", constant: "" };
  for (const field of fieldsOf(bytes, at)) {
    if (field.number === 1) children.set(textIn(field.bytes, 2, at), childIn(field.bytes, at));
    else if (field.number === 4) {
      texts.identifier = textIn(field.bytes, 1, at);
      texts.metadata = textIn(field.bytes, 3, at);
    } else if (field.number === 6) texts.runs = textIn(field.bytes, 1, at);
    else if (field.number === 9) texts.constant = textIn(field.bytes, 1, at);
  }
  budget.objects.take(children.size, at);
  return { children, ...texts };
}

function childIn(bytes: Uint8Array, at: string): number {
  let id = 0;
  for (const field of fieldsOf(bytes, at)) if (field.number === 1) id = field.integer;
  return id;
}

/** The objects that a function is bound to, of its entry in the map of functions. */
function readBound(bytes: Uint8Array, at: string, budget: Budget): readonly number[] {
  const ids: number[] = [];
  for (const body of inside(bytes, 2, at)) {
    for (const field of fieldsOf(body, at)) {
      if (field.number !== 2) continue;
      budget.objects.take(field.integers.length, at);
      for (const id of field.integers) ids.push(id);
    }
  }
  return ids;
}
