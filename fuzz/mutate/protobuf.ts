import type { Random } from "../random.ts";
import type { Plain } from "../reader.ts";
import { mutateBytes } from "./bytes.ts";
import { extremes } from "./extremes.ts";
import { jsonText, mutateText } from "./json-text.ts";
import { mutatePlain } from "./plain.ts";

interface Field {
  number: number;
  kind: number;
  /** An integer, or bytes: those of 4 and 8 as they stand there. */
  value: bigint | Uint8Array;
}

/** Changes a protobuf message, or one inside, so that what is around it stays one: lengths are right again. */
export function mutateProtobuf(seed: Uint8Array, random: Random): Uint8Array {
  const fields = fieldsOf(seed);
  if (!fields || fields.length === 0 || random.once(20)) return mutateBytes(seed, random);
  for (let left = random.few(); left > 0 && fields.length > 0; left--) change(fields, random);
  return encoded(fields);
}

function change(fields: Field[], random: Random): void {
  const field = random.pick(fields);
  const other = random.pick(fields);
  random.pick<() => unknown>([
    () => fields.splice(fields.indexOf(field), 1),
    () => fields.push({ ...field }),
    () => Object.assign(field, { number: random.pick([1, 2, 3, 4, 5, 6, 7, 16, 2 ** 29 - 1]) }),
    () => Object.assign(field, { kind: other.kind, value: other.value }),
    ...Array.from({ length: 8 }, () => () => Object.assign(field, { value: changed(field, random) })),
  ])();
}

function changed({ value }: Field, random: Random): bigint | Uint8Array {
  if (typeof value === "bigint") {
    const number = random.pick([...extremes, random.below(100), -1]);
    return BigInt.asUintN(64, BigInt(Math.trunc(Number.isFinite(number) ? number : 0)));
  }
  const text = textOf(value);
  if (text?.startsWith("{")) return new TextEncoder().encode(mutateJson(text, random));
  if (text !== null && text !== "" && random.once(2))
    return new TextEncoder().encode(
      random.pick(["", "root", "layer-0", "variables", "0", "__proto__", text + text]),
    );
  return mutateProtobuf(value, random);
}

function mutateJson(text: string, random: Random): string {
  if (random.once(4)) return mutateText(text, random);
  try {
    return jsonText(mutatePlain(JSON.parse(text) as Plain, random));
  } catch {
    return mutateText(text, random);
  }
}

function textOf(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return Array.from(text).every((character) => character >= " " || character === "\n") ? text : null;
  } catch {
    return null;
  }
}

/** The fields of bytes that are a message; null of others. */
function fieldsOf(bytes: Uint8Array): Field[] | null {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): bigint | null => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) return null;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    return null;
  };
  while (at < bytes.length) {
    const tag = varint();
    if (tag === null) return null;
    const [number, kind] = [Number(tag >> 3n), Number(tag & 7n)];
    const length = kind === 2 ? varint() : kind === 1 ? 8n : kind === 5 ? 4n : null;
    const value = kind === 0 ? varint() : length === null ? null : bytes.subarray(at, at + Number(length));
    if (value === null || number === 0) return null;
    if (typeof value !== "bigint") at += Number(length);
    if (at > bytes.length) return null;
    fields.push({ number, kind, value });
  }
  return fields;
}

function encoded(fields: readonly Field[]): Uint8Array {
  const bytes: number[] = [];
  const varint = (value: bigint) => {
    for (let left = value; ; left >>= 7n) {
      bytes.push(Number(left & 0x7fn) | (left > 0x7fn ? 0x80 : 0));
      if (left <= 0x7fn) return;
    }
  };
  for (const { number, kind, value } of fields) {
    varint((BigInt(number) << 3n) | BigInt(kind));
    if (typeof value === "bigint") varint(value);
    else {
      if (kind === 2) varint(BigInt(value.length));
      for (const byte of value) bytes.push(byte);
    }
  }
  return Uint8Array.from(bytes);
}
