import { quote } from "../../json/quote.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Cursor } from "./cursor.ts";
import { type Dataspace, readDataspace } from "./dataspace.ts";
import { type Datatype, readDatatype } from "./datatype.ts";
import { toStrings, toTensor } from "./elements.ts";
import { findMessage, type Message, messageType } from "./object-header.ts";
import type { Spot } from "./spot.ts";
import { type Steps, wait } from "./steps.ts";

/** A value of a kind that is not read, kept so that whoever needs it can say why. */
export interface UnsupportedValue {
  readonly unsupported: string;
}

/**
 * An attribute's value: a text, several (in row-major order), numbers (a scalar is a tensor of shape `[]`), or `null`
 * where the attribute is there but empty.
 */
export type AttributeValue = string | readonly string[] | Tensor | null | UnsupportedValue;

const none: ReadonlyMap<string, AttributeValue> = new Map();

export function* readAttributes(
  spot: Spot,
  messages: readonly Message[],
): Steps<ReadonlyMap<string, AttributeValue>> {
  const bodies: Cursor[] = [];
  for (const { type, body } of messages) if (type === messageType.attribute) bodies.push(body);
  const info = findMessage(messages, messageType.attributeInfo);
  if (info) {
    const { readDenseAttributes } = yield* wait(import("./dense.ts"));
    for (const body of yield* wait(readDenseAttributes(info))) bodies.push(body);
  }
  if (bodies.length === 0) return none;
  const attributes = new Map<string, AttributeValue>();
  for (const body of bodies) {
    const { name, value } = yield* readAttribute(spot, body);
    if (attributes.has(name))
      throw spot.error(`expected different attributes, received ${quote(name)} twice.`);
    attributes.set(name, value);
  }
  return attributes;
}

function* readAttribute(spot: Spot, body: Cursor): Steps<{ name: string; value: AttributeValue }> {
  const version = body.u8();
  body.expect("version", version, 1, 2, 3);
  const flags = body.u8();
  if (version > 1 && flags & 3)
    throw spot.error("expected attributes of plain datatypes, received a shared one.");
  const sizes = [body.u16(), body.u16(), body.u16()] as const;
  if (version === 3) body.skip(1);
  const padded = (size: number) => (version === 1 ? Math.ceil(size / 8) * 8 : size);
  const name = body.part(padded(sizes[0]), "an attribute's name").text(sizes[0]);
  const called = quote(name);
  const type = readDatatype(body.part(padded(sizes[1]), `the datatype of attribute ${called}`));
  const space = readDataspace(body.part(padded(sizes[2]), `the dataspace of attribute ${called}`));
  if (space.isNull) return { name, value: null };
  const bytes = body.take(space.elements * type.size);
  return { name, value: yield* readValue(spot, type, space, bytes) };
}

function* readValue(spot: Spot, type: Datatype, space: Dataspace, bytes: Uint8Array): Steps<AttributeValue> {
  switch (type.kind) {
    case "number":
      return toTensor(type, space.shape, new Uint8Array(bytes));
    case "fixed-string":
    case "variable-string": {
      const texts = yield* toStrings(spot, type, space.elements, bytes);
      if (!texts) return { unsupported: "text that is not UTF-8" };
      return space.shape.length === 0 ? texts[0]! : texts;
    }
    case "opaque":
      return { unsupported: "opaque bytes" };
    case "unsupported":
      return { unsupported: type.reason };
  }
}
