import { FileError } from "../errors.ts";
import type { ByteSource } from "./byte-source.ts";
import { RecordReader } from "./record-reader.ts";

/** Where an archive's directory lies. */
export interface DirectoryPlace {
  readonly offset: number;
  readonly size: number;
  /** How many members it says it lists. */
  readonly count: number;
  /** How many bytes stand before the archive: offsets in it do not count them. */
  readonly before: number;
}

/** The last bytes of a file, so that what lies in them is read once. */
export interface Tail {
  readonly source: ByteSource;
  readonly start: number;
  readonly bytes: Uint8Array;
}

const endSize = 22;
const locatorSize = 20;
const end64Size = 56;
const longestComment = 0xffff;
const [endMark, locatorMark, end64Mark] = [0x06054b50, 0x07064b50, 0x06064b50];

export async function readTail(source: ByteSource): Promise<Tail> {
  const length = Math.min(source.size, end64Size + locatorSize + endSize + longestComment);
  const start = source.size - length;
  return { source, start, bytes: await source.read(start, length) };
}

/** A range of the file, without another read where it lies in the tail. */
export async function readNear({ source, start, bytes }: Tail, offset: number, length: number) {
  if (offset >= start) return bytes.subarray(offset - start, offset - start + length);
  return source.read(offset, length);
}

/**
 * Finds the directory by the record at the archive's end, as Python's zipfile does: the last such record counts, what
 * follows it is ignored, and what stands before the archive too. Undefined where there is no such record.
 */
export async function findDirectory(tail: Tail, archive: string): Promise<DirectoryPlace | undefined> {
  const broken = (message: string) => new FileError(archive, message);
  const at = findEnd(tail, broken);
  if (at === undefined) return undefined;
  const plain = readEnd(tail, at, broken);
  const large = await readEnd64(tail, at, broken);
  if (large) checkAgreement(plain, large, broken);
  const { count, size, offset } = large ?? plain;
  const end = large?.at ?? at;
  const before = end - size - offset;
  if (!(before >= 0)) {
    throw broken(
      `expected a directory of ${size} bytes at offset ${offset}, received an archive of ${end} bytes before its end record. It may be cut.`,
    );
  }
  if (large && large.shown + before !== large.at) {
    throw broken(
      `expected a zip64 end record at offset ${large.shown + before}, received it at ${large.at}.`,
    );
  }
  return { offset: offset + before, size, count, before };
}

interface End {
  readonly disk: number;
  readonly directoryDisk: number;
  readonly countHere: number;
  readonly count: number;
  readonly size: number;
  readonly offset: number;
}

interface End64 extends End {
  /** Where the record is, and where the archive says that it is. */
  readonly at: number;
  readonly shown: number;
}

type Broken = (message: string) => FileError;

/** Where the last end record begins. One before it whose comment would hold it makes a second archive of the file. */
function findEnd({ start, bytes, source }: Tail, broken: Broken): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let found: number | undefined;
  for (let at = bytes.length - endSize; at >= 0; at--) {
    if (bytes[at] !== 0x50 || view.getUint32(at, true) !== endMark) continue;
    if (found === undefined) found = start + at;
    else if (start + at + endSize + view.getUint16(at + 20, true) === source.size) {
      throw broken("expected one zip archive, received two end records, of which each could be the last.");
    }
  }
  return found;
}

function readEnd({ start, bytes }: Tail, at: number, broken: Broken): End {
  const record = new RecordReader(bytes.subarray(at - start + 4), () => broken("expected an end record."));
  const [disk, directoryDisk, countHere, count] = [record.u16(), record.u16(), record.u16(), record.u16()];
  return checkDisks(
    { disk, directoryDisk, countHere, count, size: record.u32(), offset: record.u32() },
    broken,
  );
}

/** The record of large archives, which a locator right before the end record tells of. */
async function readEnd64(tail: Tail, end: number, broken: Broken): Promise<End64 | undefined> {
  const short = () => broken("expected a zip64 end record, received none where the archive says it is.");
  const locatorAt = end - locatorSize;
  if (locatorAt < 0) return undefined;
  const locator = new RecordReader(await readNear(tail, locatorAt, locatorSize), short);
  if (locator.u32() !== locatorMark) return undefined;
  const disk = locator.u32();
  const shown = locator.u64();
  if (disk !== 0 || locator.u32() > 1) throw broken(split);
  // With bytes before the archive the record is not where it is said to be, but right before its locator.
  for (const at of new Set([shown, locatorAt - end64Size])) {
    if (at < 0 || at + end64Size > locatorAt) continue;
    const record = new RecordReader(await readNear(tail, at, end64Size), short);
    if (record.u32() !== end64Mark || record.u64() + 12 !== locatorAt - at) continue;
    record.skip(4);
    const [disk, directoryDisk, countHere, count] = [record.u32(), record.u32(), record.u64(), record.u64()];
    const [size, offset] = [record.u64(), record.u64()];
    return { ...checkDisks({ disk, directoryDisk, countHere, count, size, offset }, broken), at, shown };
  }
  throw short();
}

const split = "expected an archive in one file, received a part of one that is split into several.";

function checkDisks(end: End, broken: Broken): End {
  const whole = (disk: number) => disk === 0 || disk === 0xffff;
  if (!whole(end.disk) || !whole(end.directoryDisk) || end.countHere !== end.count) throw broken(split);
  return end;
}

/** What the plain record says is what the large one says, or that it has no room for it. */
function checkAgreement(plain: End, large: End, broken: Broken): void {
  const fields = [
    ["count", 0xffff],
    ["size", 0xffffffff],
    ["offset", 0xffffffff],
  ] as const;
  for (const [field, most] of fields) {
    if (plain[field] === most || plain[field] === large[field]) continue;
    throw broken(
      `expected end records that agree, received the ${field} ${plain[field]} in one and ${large[field]} in the other.`,
    );
  }
}
