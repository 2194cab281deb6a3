import { quote } from "../../json/quote.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Cursor } from "./cursor.ts";

/** How an element is stored. */
export type Datatype =
  | { readonly kind: "number"; readonly size: number; readonly dtype: DType; readonly bigEndian: boolean }
  | { readonly kind: "fixed-string"; readonly size: number; readonly spacePadded: boolean }
  | { readonly kind: "variable-string"; readonly size: number }
  | { readonly kind: "opaque"; readonly size: number }
  | { readonly kind: "unsupported"; readonly size: number; readonly reason: string };

const classNames = [
  "fixed-point",
  "floating-point",
  "time",
  "string",
  "bit field",
  "opaque",
  "compound",
  "reference",
  "enumeration",
  "variable-length",
  "array",
  "complex",
];

export function readDatatype(cursor: Cursor): Datatype {
  const classAndVersion = cursor.u8();
  cursor.expect("version", classAndVersion >> 4, 1, 2, 3, 4, 5);
  const bits = cursor.u8() | (cursor.u8() << 8) | (cursor.u8() << 16);
  const size = cursor.u32();
  const name = classNames[classAndVersion & 15];
  const unsupported = (reason: string): Datatype => ({ kind: "unsupported", size, reason });
  if (size === 0) throw cursor.error(`expected a size above 0 in ${cursor.what}, received 0.`);
  switch (name) {
    case "fixed-point":
      return readInteger(cursor, bits, size) ?? unsupported(`${8 * size}-bit integers`);
    case "floating-point":
      return readFloat(cursor, bits, size) ?? unsupported(`floating-point numbers of ${size} bytes`);
    case "string":
      return { kind: "fixed-string", size, spacePadded: (bits & 15) === 2 };
    case "opaque":
      return { kind: "opaque", size };
    case "enumeration":
      return readBoolean(cursor, classAndVersion >> 4, bits & 0xffff, size) ?? unsupported("an enumeration");
    case "variable-length":
      return (bits & 15) === 1 ? { kind: "variable-string", size } : unsupported("variable-length sequences");
    default:
      return unsupported(`elements of the class ${quote(String(name ?? classAndVersion & 15))}`);
  }
}

function readInteger(cursor: Cursor, bits: number, size: number): Datatype | undefined {
  const offset = cursor.u16();
  const precision = cursor.u16();
  if (![1, 2, 4, 8].includes(size) || offset !== 0 || precision !== 8 * size) return undefined;
  const dtype = `${bits & 8 ? "" : "u"}int${precision}` as DType;
  return { kind: "number", size, dtype, bigEndian: (bits & 1) === 1 };
}

/** Bits of exponent and mantissa, and the exponent's bias. */
const floats: ReadonlyMap<string, DType> = new Map([
  ["16: 5 10 15", "float16"],
  ["16: 8 7 127", "bfloat16"],
  ["32: 8 23 127", "float32"],
  ["64: 11 52 1023", "float64"],
]);

function readFloat(cursor: Cursor, bits: number, size: number): Datatype | undefined {
  const offset = cursor.u16();
  const precision = cursor.u16();
  const exponentAt = cursor.u8();
  const exponent = cursor.u8();
  const mantissaAt = cursor.u8();
  const mantissa = cursor.u8();
  const bias = cursor.u32();
  const dtype = floats.get(`${precision}: ${exponent} ${mantissa} ${bias}`);
  const vax = (bits & 0x40) !== 0;
  const sign = (bits >> 8) & 0xff;
  const implied = ((bits >> 4) & 3) === 2;
  if (offset !== 0 || precision !== 8 * size || mantissaAt !== 0 || exponentAt !== mantissa) return undefined;
  if (!dtype || vax || sign !== precision - 1 || !implied) return undefined;
  return { kind: "number", size, dtype, bigEndian: (bits & 1) === 1 };
}

/** Booleans are, as h5py has them, an enumeration of FALSE = 0 and TRUE = 1 in one byte. */
function readBoolean(cursor: Cursor, version: number, members: number, size: number): Datatype | undefined {
  const base = readIntegerBase(cursor);
  if (members !== 2 || size !== 1 || base?.size !== 1) return undefined;
  const names = [readName(cursor, version), readName(cursor, version)];
  const values = [cursor.u8(), cursor.u8()];
  if (names.join() !== "FALSE,TRUE" || values.join() !== "0,1") return undefined;
  return { kind: "number", size, dtype: "bool", bigEndian: false };
}

function readIntegerBase(cursor: Cursor): Datatype | undefined {
  const isInteger = (cursor.u8() & 15) === 0;
  const bits = cursor.u8() | (cursor.u16() << 8);
  const size = cursor.u32();
  return isInteger ? readInteger(cursor, bits, size) : undefined;
}

function readName(cursor: Cursor, version: number): string {
  const length = cursor.toNul();
  if (length === undefined) throw cursor.error(`expected a name in ${cursor.what}, received no end of it.`);
  const name = cursor.text(length);
  cursor.skip(version < 3 ? Math.ceil((length + 1) / 8) * 8 - length : 1);
  return name;
}
