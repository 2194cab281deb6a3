import { deflateRawSync } from "node:zlib";
import { crc32 } from "./crc32.ts";
import { endRecords } from "./zip-records.ts";

export const text = (value: string) => new TextEncoder().encode(value);
export const noise = (length: number) =>
  new Uint8Array(length).map((_, i) => (Math.imul(i, 2654435761) >>> 13) & 0xff);
export const join = (...parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

/** What to put into an archive's records, be it true or not. */
export interface Entry {
  name: string;
  bytes?: Uint8Array;
  deflate?: boolean;
  /** Sizes and CRC follow the bytes, as a writer that cannot go back puts them; with a mark before them or without. */
  descriptor?: boolean | "unmarked";
  /** Sizes and offset stand in zip64 fields, and those of a descriptor have 8 bytes. */
  large?: boolean;
  /** The name's bytes, where they are not its UTF-8. */
  rawName?: Uint8Array;
  /** Put into the directory after what else there is. */
  extra?: Uint8Array;
  localName?: string;
  localExtra?: number;
  localSize?: number;
  method?: number;
  flags?: number;
  crc?: number;
  size?: number;
  packedSize?: number;
  offset?: number;
  /** What the descriptor says of the CRC. */
  descriptorCrc?: number;
}

/** A zip archive, written by hand so that it can be wrong. */
export function zip(entries: readonly Entry[], order = entries.map((_, i) => i)): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let position = 0;
  for (const entry of entries) {
    const bytes = entry.bytes ?? new Uint8Array();
    const packed = entry.deflate ? new Uint8Array(deflateRawSync(bytes)) : bytes;
    const numbers: Numbers = {
      crc: entry.crc ?? crc32(bytes),
      packed: entry.packedSize ?? packed.length,
      size: entry.size ?? bytes.length,
      offset: entry.offset ?? position,
    };
    directory.push(header(entry, numbers, false));
    const part = join(header(entry, numbers, true), packed, descriptor(entry, numbers));
    parts.push(part);
    position += part.length;
  }
  const sorted = order.map((i) => directory[i]!);
  const size = sorted.reduce((sum, part) => sum + part.length, 0);
  return join(...parts, ...sorted, endRecords(sorted.length, size, position));
}

interface Numbers {
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

function header(entry: Entry, { crc, packed, size, offset }: Numbers, local: boolean): Uint8Array {
  const { descriptor, large } = entry;
  const name = (local && entry.localName) || entry.name;
  const raw = entry.rawName ?? text(name);
  const later = local && descriptor;
  const sizes64 = later ? [0, 0] : [size, packed];
  const numbers64 = local ? sizes64 : [...sizes64, offset];
  const extra = join(
    large ? join(u16(1), u16(8 * numbers64.length), ...numbers64.map(u64)) : none,
    local ? new Uint8Array(entry.localExtra ?? 0) : (entry.extra ?? none),
  );
  const shown = (value: number) => u32(large ? 0xffffffff : value);
  return join(
    u32(local ? 0x04034b50 : 0x02014b50),
    local ? none : u16(20),
    u16(20),
    u16((entry.flags ?? 0) | (descriptor ? 8 : 0)),
    u16(entry.method ?? (entry.deflate ? 8 : 0)),
    u32(0),
    u32(later ? 0 : crc),
    shown(later ? 0 : packed),
    shown(later ? 0 : (local && entry.localSize) || size),
    u16(raw.length),
    u16(extra.length),
    local ? none : join(new Uint8Array(10), shown(offset)),
    raw,
    extra,
  );
}

function descriptor(entry: Entry, { crc, packed, size }: Numbers): Uint8Array {
  if (!entry.descriptor) return none;
  const number = entry.large ? u64 : u32;
  const mark = entry.descriptor === "unmarked" ? none : text("PK\x07\x08");
  return join(mark, u32(entry.descriptorCrc ?? crc), number(packed), number(size));
}

const none = new Uint8Array();

function u16(value: number): Uint8Array {
  return new Uint8Array(Uint16Array.of(value).buffer);
}

export function u32(value: number): Uint8Array {
  return new Uint8Array(Uint32Array.of(value).buffer);
}

export function u64(value: number): Uint8Array {
  return new Uint8Array(BigUint64Array.of(BigInt(value)).buffer);
}
