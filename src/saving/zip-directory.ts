import { FileError } from "../errors.ts";
import { crc32 } from "./crc32.ts";
import { nameProblem, quoteName } from "./member-name.ts";
import { RecordReader } from "./record-reader.ts";
import type { DirectoryPlace } from "./zip-end.ts";

/** What the directory of an archive says of a member. */
export interface ZipEntry {
  readonly name: string;
  /** The name's bytes, which the member's own header repeats. */
  readonly rawName: Uint8Array;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  /** In bytes, once inflated. */
  readonly size: number;
  /** Where the member's own header begins in the file. */
  readonly offset: number;
}

/** Bits of an entry's flags. */
export const flag = { encrypted: 1, descriptor: 8, patch: 0x20, strong: 0x40, utf8: 0x800, masked: 0x2000 };
/** The methods of compression that are read. */
export const method = { stored: 0, deflated: 8 };

const entryMark = 0x02014b50;
const max32 = 0xffffffff;
const zip64Field = 1;
const unicodeNameField = 0x7075;

/** The entries of a directory in its order, each checked by itself, and names that are used twice refused. */
export function readDirectory(
  bytes: Uint8Array,
  { count, before }: DirectoryPlace,
  archive: string,
): ZipEntry[] {
  const broken = (received: string) =>
    new FileError(archive, `expected ${count} members in the directory, received ${received}.`);
  const directory = new RecordReader(bytes, () => broken("a directory that ends within one"));
  const entries: ZipEntry[] = [];
  const taken = new Set<string>();
  while (directory.remaining > 0) {
    if (entries.length === count) throw broken("more");
    if (directory.u32() !== entryMark) throw broken(`other bytes after ${entries.length}`);
    const entry = readEntry(directory, before, archive);
    checkEntry(entry, taken, archive);
    taken.add(entry.name);
    entries.push(entry);
  }
  if (entries.length < count) throw broken(`${entries.length}`);
  return entries;
}

function readEntry(directory: RecordReader, before: number, archive: string): ZipEntry {
  directory.skip(4); // versions
  const [flags, method] = [directory.u16(), directory.u16()];
  directory.skip(4); // date
  const [crc, shownPacked, shownSize] = [directory.u32(), directory.u32(), directory.u32()];
  const [nameLength, extraLength, commentLength] = [directory.u16(), directory.u16(), directory.u16()];
  const shownDisk = directory.u16();
  directory.skip(6); // attributes
  const shownOffset = directory.u32();
  const rawName = directory.take(nameLength);
  const extra = directory.take(extraLength);
  directory.skip(commentLength);

  const at = `${archive}: member ${quoteName(decodeBytes(rawName))}`;
  const fields = extraFields(extra, at);
  const large = largeNumbers(fields.get(zip64Field), at);
  // They stand in this order, each only where the plain field has no room for it.
  const size = shownSize === max32 ? large.u64() : shownSize;
  const compressedSize = shownPacked === max32 ? large.u64() : shownPacked;
  const offset = shownOffset === max32 ? large.u64() : shownOffset;
  const disk = shownDisk === 0xffff ? large.u32() : shownDisk;
  if (disk !== 0) throw new FileError(at, `expected a member in this file, received one in part ${disk}.`);
  const name = nameOf(rawName, flags, fields.get(unicodeNameField), at);
  return { name, rawName, flags, method, crc, compressedSize, size, offset: offset + before };
}

/** The parts of an extra field by their numbers; of two alike the first. */
export function extraFields(extra: Uint8Array, at: string): ReadonlyMap<number, Uint8Array> {
  const broken = () => new FileError(at, "expected a whole extra field, received one that is cut.");
  const reader = new RecordReader(extra, broken);
  const fields = new Map<number, Uint8Array>();
  while (reader.remaining >= 4) {
    const id = reader.u16();
    const data = reader.take(reader.u16());
    if (!fields.has(id)) fields.set(id, data);
  }
  return fields;
}

/** The numbers that have no room in a plain record. */
export function largeNumbers(field: Uint8Array | undefined, at: string): RecordReader {
  const missing = () => new FileError(at, "expected large numbers in a zip64 field, received none.");
  return new RecordReader(field ?? new Uint8Array(), missing);
}

function nameOf(raw: Uint8Array, flags: number, unicode: Uint8Array | undefined, at: string): string {
  if (flags & flag.utf8) {
    const name = decodeUtf8(raw);
    if (name === undefined) throw new FileError(at, "expected a name in UTF-8, received other bytes.");
    return name;
  }
  const name = decodeBytes(raw);
  const other = unicode && unicodeName(unicode, raw);
  if (other === undefined || other === name) return name;
  if (raw.every((byte) => byte < 0x80)) {
    throw new FileError(at, `expected one name, received another one too: ${quoteName(other)}.`);
  }
  return other;
}

/** The name in a field of its own, which says of which bytes it is the name. */
function unicodeName(field: Uint8Array, raw: Uint8Array): string | undefined {
  if (field.length < 5 || field[0] !== 1) return undefined;
  const sum = new DataView(field.buffer, field.byteOffset).getUint32(1, true);
  return sum === crc32(raw) ? decodeUtf8(field.subarray(5)) : undefined;
}

/** Bytes of an unknown code page are a character each: no member that is looked for has such a name. */
function decodeBytes(raw: Uint8Array): string {
  return decodeUtf8(raw) ?? Array.from(raw, (byte) => String.fromCharCode(byte)).join("");
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function checkEntry(entry: ZipEntry, taken: ReadonlySet<string>, archive: string): void {
  const at = `${archive}: member ${quoteName(entry.name)}`;
  const problem = taken.has(entry.name) ? "a name used before" : nameProblem(entry.name);
  if (problem) throw new FileError(at, `expected a name of its own inside the archive, received ${problem}.`);
  if (entry.flags & (flag.encrypted | flag.strong | flag.masked)) {
    throw new FileError(at, "expected a readable member, received an encrypted one.");
  }
  if (entry.flags & flag.patch) throw new FileError(at, "expected a whole member, received a patch of one.");
  if (entry.method === method.stored && entry.compressedSize !== entry.size) {
    throw new FileError(
      at,
      `expected ${entry.size} bytes stored as they are, received ${entry.compressedSize}.`,
    );
  }
}
