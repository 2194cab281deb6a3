import { FileError } from "../../errors.ts";

/** How a field's value is written. */
const wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;
const wireNames: Readonly<Record<number, string>> = {
  [wire.varint]: "an integer",
  [wire.fixed64]: "8 bytes",
  [wire.bytes]: "bytes with their length",
  [wire.fixed32]: "4 bytes",
};

/** One field of a protobuf message, as it stands there: what it is for says the reader of the message. */
export class Field {
  readonly number: number;
  readonly #wire: number;
  readonly #value: number | Uint8Array;
  readonly #at: string;

  constructor(number: number, wire: number, value: number | Uint8Array, at: string) {
    this.number = number;
    this.#wire = wire;
    this.#value = value;
    this.#at = at;
  }

  /** An integer, from which a number of JavaScript differs only beyond 2^53. */
  get integer(): number {
    return typeof this.#value === "number" && this.#wire === wire.varint
      ? this.#value
      : this.#fail(wire.varint);
  }

  /** Integers of a list: one, or several in one field. */
  get integers(): readonly number[] {
    if (this.#wire !== wire.bytes) return [this.integer];
    const cursor = new ByteCursor(this.bytes, this.#at);
    const found: number[] = [];
    while (!cursor.isAtEnd) found.push(cursor.varint());
    return found;
  }

  get fixed32(): number {
    return typeof this.#value === "number" && this.#wire === wire.fixed32
      ? this.#value
      : this.#fail(wire.fixed32);
  }

  /** Bytes, or a message inside. They are a view. */
  get bytes(): Uint8Array {
    return this.#value instanceof Uint8Array && this.#wire === wire.bytes
      ? this.#value
      : this.#fail(wire.bytes);
  }

  get text(): string {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(this.bytes);
    } catch (cause) {
      if (cause instanceof FileError) throw cause;
      throw new FileError(this.#at, `expected UTF-8 text in field ${this.number}, received other bytes.`, {
        cause,
      });
    }
  }

  #fail(expected: number): never {
    throw new FileError(
      this.#at,
      `expected ${wireNames[expected]} in field ${this.number}, received ${wireNames[this.#wire]}.`,
    );
  }
}

/** The fields of a message in their order, those inside messages not among them. `at` is what errors call it. */
export function* fieldsOf(bytes: Uint8Array, at: string): Generator<Field, void, undefined> {
  const cursor = new ByteCursor(bytes, at);
  while (!cursor.isAtEnd) {
    const tag = cursor.varint();
    const kind = tag % 8;
    const number = Math.floor(tag / 8);
    if (number < 1 || number >= 2 ** 29)
      throw new FileError(at, `expected a field from 1 on, received ${number}.`);
    yield new Field(number, kind, readValue(cursor, kind), at);
  }
}

function readValue(cursor: ByteCursor, kind: number): number | Uint8Array {
  if (kind === wire.varint) return cursor.varint();
  if (kind === wire.bytes) return cursor.take(cursor.varint());
  if (kind === wire.fixed64) return cursor.take(8);
  if (kind === wire.fixed32) return cursor.uint32();
  throw new FileError(cursor.at, `expected a field of a protobuf message, received one of kind ${kind}.`);
}

/** Reads little-endian numbers of bytes, one behind the other. `at` is what errors begin with. */
export class ByteCursor {
  readonly at: string;
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array, at: string) {
    this.#bytes = bytes;
    this.at = at;
  }

  get isAtEnd(): boolean {
    return this.#offset === this.#bytes.length;
  }

  /** An integer in as many bytes as it needs, 7 bits in each; one of ten bytes is below 0. */
  varint(): number {
    let low = 0;
    let high = 0;
    for (let i = 0; i < 10; i++) {
      const byte = this.#bytes[this.#offset++];
      if (byte === undefined) break;
      const bits = byte & 0x7f;
      if (i < 4) low += bits * 2 ** (7 * i);
      else high += bits * 2 ** (7 * (i - 4));
      if (byte >= 0x80) continue;
      high %= 2 ** 36;
      return (high < 2 ** 35 ? high : high - 2 ** 36) * 2 ** 28 + low;
    }
    throw new FileError(this.at, "expected an integer of at most 10 bytes, received more, or the end.");
  }

  uint32(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.take(4);
    return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0;
  }

  /** The next bytes, as a view. */
  take(length: number): Uint8Array {
    const end = this.#offset + length;
    if (!(length >= 0 && end <= this.#bytes.length)) {
      const left = this.#bytes.length - this.#offset;
      throw new FileError(this.at, `expected ${length} bytes, received ${left}.`);
    }
    const part = this.#bytes.subarray(this.#offset, end);
    this.#offset = end;
    return part;
  }
}
