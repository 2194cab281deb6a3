import { lookup3 } from "../../src/saving/hdf5/lookup3.ts";
import { readNumber } from "./extremes.ts";

/** Where the structures of an honest HDF5 file are. */
export interface Hdf5Map {
  /** Where structures begin: those with a signature, and what an address in the file leads to. */
  readonly starts: readonly number[];
  /** Where addresses stand. */
  readonly pointers: readonly number[];
  /** Structures with a checksum behind their `length` bytes. */
  readonly summed: readonly { readonly start: number; readonly length: number }[];
}

const signatures =
  /\x89HDF\r\n|OHDR|OCHK|SNOD|TREE|HEAP|FRHP|FHDB|FHIB|BTHD|BTLF|BTIN|FAHD|FADB|EAHD|EAIB|EASB|EADB|GCOL/g;
const unsummed: ReadonlySet<string> = new Set(["SNOD", "TREE", "HEAP", "GCOL"]);
const longestSummed = 1500;
const mostStarts = 400;

const known = new WeakMap<Uint8Array, Hdf5Map>();

export function mapOf(file: Uint8Array): Hdf5Map {
  const map = known.get(file) ?? makeMap(file);
  known.set(file, map);
  return map;
}

/** Sets the checksums right that a change made wrong. */
export function sumAgain(bytes: Uint8Array, { summed }: Hdf5Map): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const { start, length } of summed) {
    if (start + length + 4 > bytes.length) continue;
    view.setUint32(start + length, lookup3(bytes.subarray(start, start + length)), true);
  }
}

function makeMap(file: Uint8Array): Hdf5Map {
  const signed = [...Buffer.from(file).toString("latin1").matchAll(signatures)].map(({ index }) => index);
  const base = Math.max(signed[0] ?? 0, 0);
  const pointers: number[] = [];
  const targets = new Set(signed);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = 0; at + 8 <= file.length; at++) {
    if (view.getUint32(at + 4, true) !== 0) continue;
    const address = view.getUint32(at, true);
    const isLikely =
      address >= 48 &&
      address < file.length - base &&
      (at % 8 === base % 8 || signed.includes(base + address));
    if (!isLikely) continue;
    pointers.push(at);
    if (address % 8 === 0) targets.add(base + address);
  }
  const summed = signed.flatMap((start) => {
    if (unsummed.has(String.fromCharCode(...file.subarray(start, start + 4)))) return [];
    const length = summedLength(file, start);
    return length === undefined ? [] : [{ start, length }];
  });
  return { starts: [...targets].slice(0, mostStarts), pointers, summed };
}

/** How many bytes there are in front of a structure's checksum: as many as fit to one. */
function summedLength(file: Uint8Array, start: number): number | undefined {
  const most = Math.min(longestSummed, file.length - start - 4);
  for (let length = 8; length <= most; length++) {
    if (readNumber(file, start + length, 4) === lookup3(file.subarray(start, start + length))) return length;
  }
  return undefined;
}
