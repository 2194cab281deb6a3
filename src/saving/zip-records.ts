/** What the records of a stored member are made of. */
export interface StoredEntry {
  readonly name: Uint8Array;
  readonly ascii: boolean;
  readonly size: number;
  readonly crc: number;
  readonly date: Date | undefined;
  /** Where its local header begins. */
  readonly offset: number;
}

/** Python's zipfile leaves the plain form at 2 GiB, not at the 4 GiB the format allows. */
const plainLimit = 2 ** 31 - 1;
const plainCount = 2 ** 16 - 1;
const max32 = 0xffffffff;

/** Python decides before it knows the compressed size, and allows for 5 % more. */
function hasLargeHeader(size: number): boolean {
  return size * 1.05 > plainLimit;
}

/** The record before a member's bytes. */
export function localHeader(entry: StoredEntry): Uint8Array {
  const large = hasLargeHeader(entry.size);
  const extra = large ? sizes64([entry.size, entry.size]) : new Uint8Array();
  const record = new Record(30).u32(0x04034b50).u16(large ? 45 : 20);
  commonFields(record, entry, large).u16(extra.length);
  return concatenate([record.bytes, entry.name, extra]);
}

/** The member's record in the central directory. */
export function directoryHeader(entry: StoredEntry): Uint8Array {
  const large = entry.size > plainLimit;
  const far = entry.offset > plainLimit;
  const values = [...(large ? [entry.size, entry.size] : []), ...(far ? [entry.offset] : [])];
  const extra = values.length ? sizes64(values) : new Uint8Array();
  const version = extra.length || hasLargeHeader(entry.size) ? 45 : 20;
  const unix = 3;
  const record = new Record(46)
    .u32(0x02014b50)
    .u16((unix << 8) | version)
    .u16(version);
  commonFields(record, entry, large)
    .u16(extra.length)
    .u16(0) // comment
    .u16(0) // disk
    .u16(0) // internal attributes
    .u32(0o600 * 2 ** 16) // external attributes: the mode
    .u32(far ? max32 : entry.offset);
  return concatenate([record.bytes, entry.name, extra]);
}

/** What closes an archive whose central directory lies at `offset`. */
export function endRecords(count: number, size: number, offset: number): Uint8Array {
  const large = count > plainCount || size > plainLimit || offset > plainLimit;
  const end64 = new Record(large ? 76 : 0);
  if (large) {
    end64.u32(0x06064b50).u64(44).u16(45).u16(45).u32(0).u32(0).u64(count).u64(count).u64(size).u64(offset);
    end64
      .u32(0x07064b50)
      .u32(0)
      .u64(offset + size)
      .u32(1);
  }
  const shownCount = Math.min(count, plainCount);
  const end = new Record(22).u32(0x06054b50).u16(0).u16(0).u16(shownCount).u16(shownCount);
  end.u32(Math.min(size, max32)).u32(Math.min(offset, max32)).u16(0);
  return concatenate([end64.bytes, end.bytes]);
}

function commonFields(record: Record, entry: StoredEntry, large: boolean): Record {
  const shownSize = large ? max32 : entry.size;
  return record
    .u16(entry.ascii ? 0 : 0x800) // flags: the name is UTF-8
    .u16(0) // method: stored
    .u32(dosDate(entry.date))
    .u32(entry.crc)
    .u32(shownSize)
    .u32(shownSize)
    .u16(entry.name.length);
}

function sizes64(values: readonly number[]): Uint8Array {
  const extra = new Record(4 + 8 * values.length).u16(1).u16(8 * values.length);
  for (const value of values) extra.u64(value);
  return extra.bytes;
}

/** Local time in steps of two seconds; the first of January 1980 where there is none. */
function dosDate(date: Date | undefined): number {
  if (!date) return 0x00210000;
  const day = ((date.getFullYear() - 1980) << 9) | ((date.getMonth() + 1) << 5) | date.getDate();
  const time = (date.getHours() << 11) | (date.getMinutes() << 5) | (date.getSeconds() >> 1);
  return day * 2 ** 16 + time;
}

/** A little-endian record, written field by field. */
class Record {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(length: number) {
    this.bytes = new Uint8Array(length);
    this.#view = new DataView(this.bytes.buffer);
  }

  u16(value: number): this {
    this.#view.setUint16(this.#at, value, true);
    this.#at += 2;
    return this;
  }

  u32(value: number): this {
    this.#view.setUint32(this.#at, value, true);
    this.#at += 4;
    return this;
  }

  u64(value: number): this {
    this.#view.setBigUint64(this.#at, BigInt(value), true);
    this.#at += 8;
    return this;
  }
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
