import { invariant } from "../../errors.ts";

const text = new TextEncoder();

/** Bytes whose number is known, and which are made when they are written. */
export interface LaterBytes {
  readonly byteLength: number;
  pieces(): AsyncIterable<Uint8Array>;
}

type Part = Uint8Array | LaterBytes;

/** Writes one protobuf message. Bytes that are handed in are kept by reference and copied once, at the end. */
export class Message {
  readonly #parts: Part[] = [];
  #small: number[] = [];
  #size = 0;

  /** How many bytes the message has so far. */
  get size(): number {
    return this.#size;
  }

  /** An int32, int64 or enum field. */
  int(field: number, value: number | bigint): this {
    this.#varint(BigInt(field) << 3n);
    this.#varint(BigInt.asUintN(64, BigInt(value)));
    return this;
  }

  /** A float (32 bits) field. */
  float(field: number, value: number): this {
    this.#varint((BigInt(field) << 3n) | 5n);
    for (const byte of new Uint8Array(new Float32Array([value]).buffer)) this.#byte(byte);
    return this;
  }

  string(field: number, value: string): this {
    return this.bytes(field, text.encode(value));
  }

  bytes(field: number, value: Part): this {
    this.#header(field, value.byteLength);
    this.#append(value);
    return this;
  }

  message(field: number, value: Message): this {
    this.#header(field, value.size);
    for (const part of value.#all()) this.#append(part);
    return this;
  }

  finish(): Uint8Array {
    const bytes = new Uint8Array(this.#size);
    let offset = 0;
    for (const part of this.parts()) {
      bytes.set(part, offset);
      offset += part.length;
    }
    return bytes;
  }

  /** The same in pieces, also of bytes that are made now. */
  async *pieces(): AsyncGenerator<Uint8Array, void, undefined> {
    for (const part of this.#all()) {
      if (part instanceof Uint8Array) yield part;
      else yield* part.pieces();
    }
  }

  #header(field: number, length: number): void {
    this.#varint((BigInt(field) << 3n) | 2n);
    this.#varint(BigInt(length));
  }

  #varint(value: bigint): void {
    let rest = value;
    while (rest > 127n) {
      this.#byte(Number(rest & 127n) | 128);
      rest >>= 7n;
    }
    this.#byte(Number(rest));
  }

  #byte(byte: number): void {
    this.#small.push(byte);
    this.#size++;
  }

  #append(part: Part): void {
    if (part instanceof Uint8Array && part.length < 64) {
      for (const byte of part) this.#byte(byte);
      return;
    }
    this.#all();
    this.#parts.push(part);
    this.#size += part.byteLength;
  }

  /** The message in parts, long ones being the bytes that were handed in, none of which are made later. */
  parts(): readonly Uint8Array[] {
    return this.#all().map((part) => {
      invariant(part instanceof Uint8Array, "bytes that are made later come in pieces");
      return part;
    });
  }

  #all(): readonly Part[] {
    if (this.#small.length > 0) {
      this.#parts.push(Uint8Array.from(this.#small));
      this.#small = [];
    }
    return this.#parts;
  }
}
