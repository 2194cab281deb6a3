import { FileError } from "../errors.ts";
import { RecordReader } from "./record-reader.ts";
import { extraFields, flag, largeNumbers, type ZipEntry } from "./zip-directory.ts";

export const localHeaderSize = 30;
/** What may follow a member's bytes: its CRC and sizes. */
export const longestDescriptor = 24;

const localMark = 0x04034b50;
const descriptorMark = 0x08074b50;
const max32 = 0xffffffff;
const zip64Field = 1;
/** What the two headers of a member must say alike. */
const compared = flag.encrypted | flag.descriptor | flag.strong | flag.utf8;

/** How long a member's own header may be. */
export function longestHeader({ rawName }: ZipEntry): number {
  return localHeaderSize + rawName.length + 0xffff;
}

/**
 * The length of a member's own header, which must agree with the directory. `head` has all the bytes up to where the
 * header could end; one that goes on beyond them shares bytes with something else.
 */
export function checkLocalHeader(head: Uint8Array, entry: ZipEntry, at: string): number {
  const header = new RecordReader(head, () => overlapping(at));
  if (header.u32() !== localMark) {
    throw new FileError(
      at,
      "expected the member's header where the directory says it is, received other bytes.",
    );
  }
  header.skip(2); // version
  const [flags, method] = [header.u16(), header.u16()];
  header.skip(4); // date
  const [crc, shownPacked, shownSize] = [header.u32(), header.u32(), header.u32()];
  const [nameLength, extraLength] = [header.u16(), header.u16()];
  const name = header.take(nameLength);
  const differs = (what: string) =>
    new FileError(at, `expected headers that agree, received another ${what} in the member's own.`);
  if (name.length !== entry.rawName.length || name.some((byte, i) => byte !== entry.rawName[i])) {
    throw differs("name");
  }
  if ((flags & compared) !== (entry.flags & compared)) throw differs("kind");
  if (method !== entry.method) throw differs("method");
  const extra = header.take(extraLength);
  const follows = (flags & flag.descriptor) !== 0 || !(crc || shownPacked || shownSize);
  if (!follows) {
    const isLarge = shownSize === max32 || shownPacked === max32;
    const large = largeNumbers(isLarge ? extraFields(extra, at).get(zip64Field) : undefined, at);
    const size = shownSize === max32 ? large.u64() : shownSize;
    const packed = shownPacked === max32 ? large.u64() : shownPacked;
    if (crc !== entry.crc || size !== entry.size || packed !== entry.compressedSize) {
      throw differs("CRC or size");
    }
  }
  return localHeaderSize + nameLength + extraLength;
}

/** Refuses a record behind a member's bytes that says something else than the directory. It may begin with a mark or not, and its sizes may have 4 or 8 bytes. */
export function checkDescriptor(bytes: Uint8Array, entry: ZipEntry, at: string): void {
  const says = (marked: boolean, large: boolean) => {
    if (bytes.length < (marked ? 4 : 0) + (large ? 20 : 12)) return false;
    const record = new RecordReader(bytes, () => overlapping(at));
    if (marked && record.u32() !== descriptorMark) return false;
    const crc = record.u32();
    const [packed, size] = large ? [record.u64(), record.u64()] : [record.u32(), record.u32()];
    return crc === entry.crc && packed === entry.compressedSize && size === entry.size;
  };
  if (says(true, false) || says(true, true) || says(false, false) || says(false, true)) return;
  throw new FileError(
    at,
    "expected the CRC and the sizes of the directory behind the member, received others.",
  );
}

export function overlapping(at: string): FileError {
  return new FileError(at, "expected bytes of its own, received bytes that overlap another member.");
}
