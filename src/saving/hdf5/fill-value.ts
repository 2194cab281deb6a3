import { findMessage, type Message, messageType } from "./object-header.ts";

/** The bytes of an element never written; undefined where they are zeros. */
export function readFillValue(messages: readonly Message[], size: number): Uint8Array | undefined {
  const value = readBytes(messages);
  if (!value || value.length === 0 || value.every((byte) => byte === 0)) return undefined;
  if (value.length === size) return value;
  throw messages[0]!.body.error(`expected a fill value of ${size} bytes, received ${value.length}.`);
}

function readBytes(messages: readonly Message[]): Uint8Array | undefined {
  const cursor = findMessage(messages, messageType.fillValue);
  if (!cursor) {
    const old = findMessage(messages, messageType.oldFillValue);
    return old?.take(old.u32());
  }
  const version = cursor.u8();
  cursor.expect("version", version, 1, 2, 3);
  if (version === 3) return cursor.u8() & 0x20 ? cursor.take(cursor.u32()) : undefined;
  cursor.skip(2);
  const defined = cursor.u8();
  return version === 1 || defined ? cursor.take(cursor.u32()) : undefined;
}
