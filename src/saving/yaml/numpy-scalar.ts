import { isDict } from "../../dialects/change.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { fromFloat16 } from "../../tensor/float16.ts";
import type { Plain } from "./plain-scalar.ts";

type Read = (view: DataView, isLittle: boolean) => number | bigint | boolean;

/** How numbers are read from their bytes, by NumPy's names of dtypes. */
const readers: Readonly<Record<string, Read>> = {
  b1: (view) => view.getUint8(0) !== 0,
  i1: (view) => view.getInt8(0),
  u1: (view) => view.getUint8(0),
  i2: (view, isLittle) => view.getInt16(0, isLittle),
  u2: (view, isLittle) => view.getUint16(0, isLittle),
  i4: (view, isLittle) => view.getInt32(0, isLittle),
  u4: (view, isLittle) => view.getUint32(0, isLittle),
  i8: (view, isLittle) => view.getBigInt64(0, isLittle),
  u8: (view, isLittle) => view.getBigUint64(0, isLittle),
  f2: (view, isLittle) => fromFloat16(view.getUint16(0, isLittle)),
  f4: (view, isLittle) => view.getFloat32(0, isLittle),
  f8: (view, isLittle) => view.getFloat64(0, isLittle),
};

/**
 * The number that Python pickled of NumPy: its dtype, `{ args: ["f4", …], state: [3, "<", …] }`, and its bytes as the
 * characters of a text. Null where that is none.
 */
export function readNumpyScalar(value: JsonValue): Plain | null {
  const [dtype, bytes] = Array.isArray(value) ? value : [];
  if (!isDict(dtype) || typeof bytes !== "string") return null;
  const name = Array.isArray(dtype.args) ? dtype.args[0] : undefined;
  const order = Array.isArray(dtype.state) ? dtype.state[1] : "<";
  if (typeof name !== "string" || !Object.hasOwn(readers, name)) return null;
  if (bytes.length !== Number(name.slice(1)) || !/^[\0-\xff]*$/.test(bytes)) return null;
  const view = new DataView(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)).buffer);
  const read = readers[name]?.(view, order !== ">");
  if (read === undefined) return null;
  const isSafe = typeof read === "bigint" && Number.isSafeInteger(Number(read));
  return { value: isSafe ? Number(read) : read, isFloat: name.startsWith("f") };
}

/** The same of an array without axes, `{ args, state: [1, [], dtype, false, bytes] }`. Null where it has some. */
export function readNumpyArray({ state }: JsonObject): Plain | null {
  const [, shape, dtype, , bytes] = Array.isArray(state) ? state : [];
  const isNumber = Array.isArray(shape) && shape.length === 0;
  return isNumber && dtype !== undefined && bytes !== undefined ? readNumpyScalar([dtype, bytes]) : null;
}
