import { readBTree2, recordType } from "./btree2.ts";
import { Cursor } from "./cursor.ts";
import type { Spot } from "./spot.ts";

interface HeapHeader {
  readonly address: number;
  readonly checksums: boolean;
  readonly offsetSize: number;
  readonly lengthSize: number;
  readonly width: number;
  readonly startSize: number;
  readonly directRows: number;
  readonly root: number | undefined;
  readonly rootRows: number;
  readonly hugeTree: number | undefined;
}

/** Holds the links or attributes of an object that has many: objects found by their heap ID. */
export class FractalHeap {
  readonly #spot: Spot;
  readonly #header: HeapHeader;
  readonly #blocks = new Map<number, Cursor>();
  #huge: Map<number, { address: number; length: number }> | undefined;

  private constructor(spot: Spot, header: HeapHeader) {
    this.#spot = spot;
    this.#header = header;
  }

  static async open(spot: Spot, address: number): Promise<FractalHeap> {
    return new FractalHeap(spot, await readHeader(spot, address));
  }

  /** The object that a heap ID names. */
  async object(id: Cursor, what: string): Promise<Cursor> {
    const first = id.u8();
    id.expect("heap IDs of version", first >> 6, 0);
    const { offsetSize, lengthSize } = this.#header;
    switch ((first >> 4) & 3) {
      case 0:
        return this.#managed(id.uint(offsetSize), id.uint(lengthSize), what);
      case 1:
        return this.#hugeObject(id.uint(Math.min(id.remaining, this.#spot.file.lengthSize)), what);
      case 2:
        return id.part((first & 15) + 1, what);
      default:
        throw id.error(`expected a heap ID of type 0, 1 or 2, received ${(first >> 4) & 3}.`);
    }
  }

  async #managed(offset: number, length: number, what: string): Promise<Cursor> {
    const { root, rootRows, width, startSize, directRows } = this.#header;
    if (root === undefined) throw this.#spot.error(`expected ${what} in a heap, received an empty heap.`);
    if (rootRows === 0) return this.#slice(root, startSize, offset, length, what);
    let address = root;
    let rows = rootRows;
    let within = offset;
    for (;;) {
      let row = 0;
      while (row < rows && within >= width * rowSize(row, startSize)) {
        within -= width * rowSize(row, startSize);
        row++;
      }
      if (row === rows)
        throw this.#spot.error(`expected ${what} within its heap, received offset ${offset}.`);
      const size = rowSize(row, startSize);
      const column = Math.floor(within / size);
      within -= column * size;
      const block = await this.#indirectBlock(address, rows);
      block.position += (row * width + column) * this.#spot.file.offsetSize;
      address = block.address();
      if (row < directRows) return this.#slice(address, size, within, length, what);
      rows = Math.log2(size / (startSize * width)) + 1;
      if (rows < 1) throw this.#spot.error("expected a heap's table to have rows, received none.");
    }
  }

  async #slice(address: number, size: number, offset: number, length: number, what: string): Promise<Cursor> {
    const block = this.#blocks.get(address) ?? (await this.#directBlock(address, size));
    block.position = Math.min(offset, size);
    this.#spot.charge(length);
    return block.part(length, what);
  }

  async #directBlock(address: number, size: number): Promise<Cursor> {
    const block = await this.#open(address, size, "FHDB");
    if (this.#header.checksums) {
      const at = block.position;
      const covered = new Uint8Array(block.bytes);
      const stored = block.u32();
      covered.fill(0, at, at + 4);
      block.compareChecksum(covered, stored);
    }
    this.#blocks.set(address, block);
    return block;
  }

  /** A cursor at the block's first child address. */
  async #indirectBlock(address: number, rows: number): Promise<Cursor> {
    const cached = this.#blocks.get(address);
    const { offsetSize, width } = this.#header;
    const prefix = 5 + this.#spot.file.offsetSize + offsetSize;
    const children = rows * width * this.#spot.file.offsetSize;
    const block = cached ?? (await this.#open(address, prefix + children + 4, "FHIB"));
    if (!cached) {
      block.position = prefix + children;
      block.checksum();
      this.#blocks.set(address, block);
    }
    block.position = prefix;
    return block;
  }

  async #open(address: number, size: number, signature: string): Promise<Cursor> {
    const block = await Cursor.read(this.#spot, address, size, "a fractal heap's block");
    block.signature(signature);
    block.expect("version", block.u8(), 0);
    block.expect("heap address", block.address(), this.#header.address);
    block.skip(this.#header.offsetSize);
    return block;
  }

  async #hugeObject(key: number, what: string): Promise<Cursor> {
    this.#huge ??= await this.#readHuge();
    const found = this.#huge.get(key);
    if (!found) throw this.#spot.error(`expected ${what} as huge object ${key} of a heap, received none.`);
    return Cursor.read(this.#spot, found.address, found.length, what);
  }

  async #readHuge(): Promise<Map<number, { address: number; length: number }>> {
    const huge = new Map<number, { address: number; length: number }>();
    if (this.#header.hugeTree === undefined) return huge;
    for await (const { record } of readBTree2(this.#spot, this.#header.hugeTree, recordType.hugeObject)) {
      this.#spot.count(1);
      const place = { address: record.address(), length: record.length() };
      huge.set(record.length(), place);
    }
    return huge;
  }
}

async function readHeader(spot: Spot, address: number): Promise<HeapHeader> {
  const { offsetSize, lengthSize } = spot.file;
  const head = await Cursor.read(
    spot,
    address,
    26 + 3 * offsetSize + 12 * lengthSize,
    "a fractal heap's header",
  );
  head.signature("FRHP");
  head.expect("version", head.u8(), 0);
  head.u16();
  const filterSize = head.u16();
  if (filterSize > 0) throw head.error("expected a fractal heap without filters, received a filtered one.");
  const flags = head.u8();
  const maxManaged = head.u32();
  head.length();
  const hugeTree = head.optionalAddress();
  head.length();
  head.optionalAddress();
  head.skip(8 * lengthSize);
  const width = head.u16();
  const startSize = head.length();
  const maxDirect = head.length();
  const maxBits = head.u16();
  head.u16();
  const root = head.optionalAddress();
  const rootRows = head.u16();
  head.checksum();
  const directRows = Math.log2(maxDirect / startSize) + 2;
  if (![width, startSize, maxDirect].every(isPowerOf2) || directRows < 2 || maxBits > 64 || rootRows > 64) {
    throw head.error(
      `expected a heap's table of powers of 2, received ${width}, ${startSize}, ${maxDirect}.`,
    );
  }
  return {
    address,
    checksums: (flags & 2) !== 0,
    offsetSize: Math.ceil(maxBits / 8),
    lengthSize: Math.min(
      bytesOf(Math.log2(maxDirect)),
      bytesOf(Math.floor(Math.log2(Math.max(maxManaged, 1)))),
    ),
    width,
    startSize,
    directRows,
    root,
    rootRows,
    hugeTree,
  };
}

/** The first two rows hold blocks of the starting size, each later one blocks twice as large. */
function rowSize(row: number, startSize: number): number {
  return startSize * 2 ** Math.max(row - 1, 0);
}

function bytesOf(bits: number): number {
  return Math.floor((bits + 7) / 8);
}

function isPowerOf2(value: number): boolean {
  return value >= 1 && Number.isInteger(Math.log2(value));
}
