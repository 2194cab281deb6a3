import { FileError } from "../../errors.ts";
import type { JsonArray } from "../../json/json.ts";
import type { Budget } from "../budget.ts";
import { type Field, fieldsOf } from "./protobuf.ts";
import { inside, textIn } from "./saved-objects.ts";

/** Texts and integers that are constants of a `GraphDef`, by the names that are wanted. */
export function constantsIn(
  graph: Uint8Array,
  names: ReadonlySet<string>,
  at: string,
  budget: Budget,
): ReadonlyMap<string, JsonArray> {
  const found = new Map<string, JsonArray>();
  if (names.size === 0) return found;
  for (const node of inside(graph, 1, at)) {
    const name = textIn(node, 1, at);
    if (!names.has(name) || found.has(name)) continue;
    for (const attribute of inside(node, 5, at)) {
      if (textIn(attribute, 1, at) !== "value") continue;
      for (const value of inside(attribute, 2, at))
        for (const tensor of inside(value, 8, at)) found.set(name, elementsOf(tensor, at, budget));
    }
  }
  return found;
}

const bytesOfInt64 = 8;

/** The elements of a `TensorProto` of texts or of int64, each written or all in one piece. */
function elementsOf(tensor: Uint8Array, at: string, budget: Budget): JsonArray {
  const elements: JsonArray = [];
  for (const field of fieldsOf(tensor, at)) {
    const some = partOf(field, at);
    budget.jsonValues.take(some.length, at);
    for (const element of some) elements.push(element);
  }
  return elements;
}

function partOf(field: Field, at: string): JsonArray {
  if (field.number === 8) return [field.text];
  if (field.number === 10) return [...field.integers];
  if (field.number !== 4) return [];
  const { bytes } = field;
  if (bytes.length % bytesOfInt64 !== 0)
    throw new FileError(at, `expected integers of 8 bytes, received ${bytes.length} bytes.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: bytes.length / bytesOfInt64 }, (_, i) =>
    Number(view.getBigInt64(i * bytesOfInt64, true)),
  );
}
