import type { Budget } from "../budget.ts";
import type { KerasNode } from "./keras-metadata.ts";
import { fieldsOf } from "./protobuf.ts";

/** An object in `saved_model.pb`. */
interface SavedObject {
  readonly children: readonly (readonly [string, number])[];
  /** What kind of object it was in Python, such as `_tf_keras_layer`; empty for functions, variables and the like. */
  readonly identifier: string;
  /** What Keras noted of it, as JSON; TensorFlow 2.0 to 2.4 have it here, later ones beside. */
  readonly metadata: string;
}

/** The objects of a SavedModel that Python had, as Keras notes them, by the shortest ways from the first. */
export function readOwnMetadata(bytes: Uint8Array, at: string, budget: Budget): readonly KerasNode[] {
  const objects = readObjects(bytes, at, budget);
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

function readObjects(bytes: Uint8Array, at: string, budget: Budget): readonly SavedObject[] {
  const objects: SavedObject[] = [];
  for (const graph of inside(bytes, 2, at)) {
    for (const saved of inside(graph, 7, at)) {
      for (const node of inside(saved, 1, at)) objects.push(readObject(node, at, budget));
    }
    break; // the first is that of the model
  }
  return objects;
}

/** The messages in a field of a message. */
function* inside(bytes: Uint8Array, number: number, at: string): Generator<Uint8Array, void, undefined> {
  for (const field of fieldsOf(bytes, at)) if (field.number === number) yield field.bytes;
}

function readObject(bytes: Uint8Array, at: string, budget: Budget): SavedObject {
  budget.objects.take(1, at);
  const children: (readonly [string, number])[] = [];
  let [identifier, metadata] = ["", ""];
  for (const field of fieldsOf(bytes, at)) {
    if (field.number === 1) children.push(readChild(field.bytes, at));
    if (field.number !== 4) continue;
    for (const part of fieldsOf(field.bytes, at)) {
      if (part.number === 1) identifier = part.text;
      if (part.number === 3) metadata = part.text;
    }
  }
  budget.objects.take(children.length, at);
  return { children, identifier, metadata };
}

function readChild(bytes: Uint8Array, at: string): readonly [string, number] {
  let [name, id] = ["", 0];
  for (const field of fieldsOf(bytes, at)) {
    if (field.number === 1) id = field.integer;
    if (field.number === 2) name = field.text;
  }
  return [name, id];
}
