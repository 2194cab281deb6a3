import { Tensor } from "../tensor/tensor.ts";
import { type Entry, text, zip } from "./archive.fixture.ts";
import type { Hdf5DatasetInput, Hdf5GroupInput } from "./hdf5/index.ts";
import { planHdf5 } from "./hdf5/plan.ts";

/** A file that is made to exhaust whoever opens it. */
export interface Hostile {
  readonly name: string;
  readonly make: () => Uint8Array;
  /** How the error begins behind its place; none where the file can be loaded all the same. */
  readonly refused: RegExp | null;
}

const empty =
  '{"module":"keras","class_name":"Sequential","config":{"name":"m","layers":[{"module":"keras.layers","class_name":' +
  '"InputLayer","config":{"batch_shape":[null,3],"dtype":"float32","name":"i"},"registered_name":null}],' +
  '"build_input_shape":[null,3]},"registered_name":null,"compile_config":';

/** A `.keras` file whose members are compressed, with this as its compile config, these weights, and more members. */
function keras(compiled: string, weights = hdf5({}), ...more: readonly Entry[]): Uint8Array {
  return zip([
    packed("metadata.json", text('{"keras_version":"3.6.0","date_saved":"2024-01-02@03:04:05"}')),
    packed("config.json", text(`${empty}${compiled}}`)),
    packed("model.weights.h5", weights),
    ...more,
  ]);
}

function packed(name: string, bytes: Uint8Array): Entry {
  return { name, bytes, deflate: true };
}

function list(count: number, item: (i: number) => string): string {
  return `[${Array.from({ length: count }, (_, i) => item(i)).join()}]`;
}

function dict(count: number, entry: (i: number) => string): string {
  return `{${Array.from({ length: count }, (_, i) => entry(i)).join()}}`;
}

function hdf5(children: Readonly<Record<string, Hdf5GroupInput | Hdf5DatasetInput>>): Uint8Array {
  return planHdf5({ children: Object.entries(children) }).toBytes();
}

function bytesOf(length: number): Hdf5DatasetInput {
  return {
    dtype: "int8",
    shape: [length],
    data: () => new Tensor("int8", [length], new Int8Array(length)),
  };
}

/** A file whose array says that it has `length` bytes, of which none is stored. */
export function unstored(count: number, length: number): Uint8Array {
  const marker = 123_457;
  const file = hdf5(Object.fromEntries(Array.from({ length: count }, (_, i) => [`a${i}`, bytesOf(marker)])));
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  for (let at = 0; at + 8 <= file.length; at++) {
    if (view.getUint32(at, true) !== marker || view.getUint32(at + 4, true) !== 0) continue;
    view.setBigUint64(at, BigInt(length), true);
    // A layout has the address in front of the size, behind its version and its class; a dataspace has sizes only.
    if (view.getUint8(at - 10) === 3 && view.getUint8(at - 9) === 1) view.setBigInt64(at - 8, -1n, true);
  }
  return file;
}

/** The same file with all links of its groups leading to one object: the first that is linked, or what `to` says. */
function relinked(file: Uint8Array, to?: number): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  let target = to === undefined ? undefined : BigInt(to);
  for (let at = 0; at + 8 <= file.length; at += 8) {
    if (view.getUint32(at, false) !== 0x534e4f44) continue; // SNOD
    const entries = view.getUint16(at + 6, true);
    for (let i = 0; i < entries; i++) {
      const place = at + 8 + 40 * i + 8;
      target ??= view.getBigUint64(place, true);
      view.setBigUint64(place, target, true);
    }
  }
  return file;
}

function many(count: number, length: number): Record<string, Hdf5DatasetInput> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`a${i}`, bytesOf(length)]));
}

/** Groups in each other, with names of `length` letters. */
function deep(count: number, length: number): Uint8Array {
  let root: Hdf5GroupInput | Hdf5DatasetInput = bytesOf(1);
  for (let i = 0; i < count; i++) root = { children: [["d".repeat(length), root]] };
  return hdf5({ root });
}

/** A group with a list of texts, of which all refer to the first, a long one. */
function repeatedText(count: number, length: number): Uint8Array {
  const texts = ["x".repeat(length), ...Array.from({ length: count }, () => "y".repeat(40))];
  const file = planHdf5({ attributes: [["texts", texts]], children: [] }).toBytes();
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const start = place(file, view, length);
  const first = file.slice(start, start + 16);
  for (let i = 1; i <= count; i++) file.set(first, start + 16 * i);
  return file;
}

/** Where the references of a list of texts begin, the first of them this long and the others 40. */
function place(file: Uint8Array, view: DataView, length: number): number {
  for (let at = 0; at + 32 <= file.length; at++)
    if (view.getUint32(at, true) === length && view.getUint32(at + 16, true) === 40) return at;
  throw new Error("the references are not there");
}

const tooMany = (what: string) => new RegExp(`expected at most \\d+ ${what}.*Raise limits\\.\\w+ for`);
const values = tooMany("values of JSON");
const inflated = tooMany("bytes once inflated");
const megabyte = 2 ** 20;

/** Files of each kind, some hundred kilobytes as they are. */
export const hostile: readonly Hostile[] = [
  { name: "empty lists", make: () => keras(list(20_000_000, () => "[]")), refused: values },
  { name: "empty objects", make: () => keras(list(5_000_000, () => "{}")), refused: values },
  { name: "floats", make: () => keras(list(5_000_000, () => "1.0")), refused: values },
  { name: "one of many keys", make: () => keras(dict(200_000, (i) => `"k${i}":0`)), refused: null },
  { name: "keys that are numbers", make: () => keras(dict(200_000, (i) => `"${i}":0`)), refused: null },
  {
    name: "as many values as may be",
    make: () => keras(`{"k":${list(249_990, () => "[]")}}`),
    refused: null,
  },
  {
    name: "lists in lists",
    make: () => keras(list(3000, () => "[".repeat(900) + "]".repeat(900))),
    refused: values,
  },
  { name: "a long text", make: () => keras(`"${"x".repeat(150 * megabyte)}"`), refused: inflated },
  {
    name: "weights that inflate",
    make: () => keras("null", new Uint8Array(300 * megabyte)),
    refused: inflated,
  },
  {
    name: "members that inflate, which nothing reads",
    make: () =>
      keras(
        "null",
        undefined,
        ...Array.from({ length: 4 }, (_, i) => packed(`${i}`, new Uint8Array(64 * megabyte))),
      ),
    refused: null,
  },
  {
    name: "30,000 members",
    make: () => keras("null", undefined, ...Array.from({ length: 30_000 }, (_, i) => ({ name: `m${i}` }))),
    refused: tooMany("members"),
  },
  {
    name: "members of long names",
    make: () =>
      keras(
        "null",
        undefined,
        ...Array.from({ length: 500 }, (_, i) => ({ name: `${i}${"n".repeat(60_000)}` })),
      ),
    refused: /expected a directory of at most/,
  },
  {
    name: "arrays that are not stored",
    make: () => keras("null", unstored(30, 64 * megabyte)),
    refused: tooMany("declared bytes"),
  },
  {
    name: "one array in many places",
    make: () => keras("null", relinked(hdf5({ ...many(2000, 1), a0: bytesOf(megabyte / 8) }))),
    refused: tooMany("declared bytes"),
  },
  {
    name: "50,000 links to one object",
    make: () => keras("null", relinked(hdf5(many(50_000, 1)))),
    refused: null,
  },
  {
    name: "400,000 groups and arrays",
    make: () => keras("null", hdf5(many(400_000, 1))),
    refused: tooMany("groups, datasets"),
  },
  {
    name: "a group that contains itself",
    make: () => keras("null", relinked(hdf5({ a: { children: Object.entries(many(1, 1)) } }), 96)),
    refused: /expected a group in one place/,
  },
  {
    name: "groups 20,000 deep",
    make: () => keras("null", deep(20_000, 1)),
    refused: /expected a path of at most/,
  },
  {
    name: "a long name",
    make: () => keras("null", deep(2, megabyte)),
    refused: /expected a path of at most/,
  },
  {
    name: "a text that is referred to again and again",
    make: () => keras("null", repeatedText(1000, megabyte)),
    refused: /expected structures that do not overlap/,
  },
  {
    name: "a long text that is referred to three times",
    make: () => keras("null", repeatedText(2, 30 * megabyte)),
    refused: tooMany("bytes of texts"),
  },
];
