import { Cursor } from "./cursor.ts";
import type { Spot } from "./spot.ts";

/** What an array index says of one chunk; `size` and `mask` only where the chunks are filtered. */
export interface ArrayEntry {
  readonly position: number;
  readonly address: number;
  readonly size: number | undefined;
  readonly mask: number;
}

interface ElementForm {
  readonly filtered: boolean;
  readonly size: number;
}

/** Whether a page of a block was ever written. */
type IsWritten = (page: number) => boolean;

/** The chunks of a fixed array index. */
export async function* readFixedArray(spot: Spot, address: number): AsyncGenerator<ArrayEntry> {
  const { offsetSize, lengthSize } = spot.file;
  const head = await Cursor.read(spot, address, 12 + lengthSize + offsetSize, "a fixed array's header");
  head.signature("FAHD");
  head.expect("version", head.u8(), 0);
  const form = readForm(head);
  const pageBits = head.u8();
  const entries = head.length();
  const block = head.optionalAddress();
  head.checksum();
  if (block === undefined) return;
  const prefix = 6 + offsetSize;
  const perPage = 2 ** pageBits;
  if (entries <= perPage) {
    const body = await Cursor.read(spot, block, prefix + entries * form.size + 4, "a fixed array");
    checkBlock(body, "FADB");
    yield* readElements(body, form, 0, entries);
    body.checksum();
    return;
  }
  const pages = Math.ceil(entries / perPage);
  const bitmapSize = Math.ceil(pages / 8);
  const body = await Cursor.read(spot, block, prefix + bitmapSize + 4, "a fixed array");
  checkBlock(body, "FADB");
  const written = body.take(bitmapSize);
  body.checksum();
  const at = block + prefix + bitmapSize + 4;
  yield* readPages(spot, at, form, 0, entries, perPage, (page) => bitAt(written, page));
}

/** The chunks of an extensible array index: some in its index block, then blocks that grow. */
export async function* readExtensibleArray(spot: Spot, address: number): AsyncGenerator<ArrayEntry> {
  const { offsetSize, lengthSize } = spot.file;
  const head = await Cursor.read(
    spot,
    address,
    16 + 6 * lengthSize + offsetSize,
    "an extensible array's header",
  );
  head.signature("EAHD");
  head.expect("version", head.u8(), 0);
  const form = readForm(head);
  const maxBits = head.u8();
  const inIndex = head.u8();
  const blockElements = head.u8();
  const minPointers = head.u8();
  const pageBits = head.u8();
  head.skip(6 * lengthSize);
  const index = head.optionalAddress();
  head.checksum();
  if (index === undefined) return;
  const levels = 1 + maxBits - Math.log2(blockElements);
  const firstSuper = 2 * Math.log2(minPointers);
  if (!Number.isInteger(levels) || !Number.isInteger(firstSuper) || maxBits > 64 || firstSuper > levels) {
    throw head.error("expected an extensible array of sizes that are powers of 2, received others.");
  }
  const positionSize = Math.ceil(maxBits / 8);
  const direct = 2 * (minPointers - 1);
  const superBlocks = levels - firstSuper;
  const what = "an extensible array";
  const length = 6 + offsetSize + inIndex * form.size + (direct + superBlocks) * offsetSize + 4;
  const body = await Cursor.read(spot, index, length, what);
  checkBlock(body, "EAIB");
  yield* readElements(body, form, 0, inIndex);
  let position = inIndex;
  const perPage = 2 ** pageBits;
  const readBlock = (at: number, start: number, elements: number, isWritten: IsWritten) =>
    readDataBlock(spot, at, form, start, elements, perPage, positionSize, isWritten);
  for (let level = 0; level < levels; level++) {
    const blocks = 2 ** Math.floor(level / 2);
    const elements = 2 ** Math.floor((level + 1) / 2) * blockElements;
    if (level < firstSuper) {
      for (let i = 0; i < blocks; i++, position += elements) {
        const at = body.optionalAddress();
        if (at !== undefined) yield* readBlock(at, position, elements, () => true);
      }
      continue;
    }
    const at = body.optionalAddress();
    if (at === undefined) {
      position += blocks * elements;
      continue;
    }
    const pages = elements > perPage ? elements / perPage : 0;
    const bitmapSize = Math.ceil(pages / 8);
    const superLength = 6 + offsetSize + positionSize + blocks * (bitmapSize + offsetSize) + 4;
    const superBlock = await Cursor.read(spot, at, superLength, what);
    checkBlock(superBlock, "EASB");
    superBlock.skip(positionSize);
    // Bits of one block follow those of the last without a gap.
    const written = superBlock.take(blocks * bitmapSize);
    for (let i = 0; i < blocks; i++, position += elements) {
      const blockAt = superBlock.optionalAddress();
      const isWritten: IsWritten = (page) => bitAt(written, i * pages + page);
      if (blockAt !== undefined) yield* readBlock(blockAt, position, elements, isWritten);
    }
    superBlock.checksum();
  }
  body.checksum();
}

async function* readDataBlock(
  spot: Spot,
  address: number,
  form: ElementForm,
  start: number,
  elements: number,
  perPage: number,
  positionSize: number,
  isWritten: IsWritten,
): AsyncGenerator<ArrayEntry> {
  const prefix = 6 + spot.file.offsetSize + positionSize;
  const paged = elements > perPage;
  const body = await Cursor.read(
    spot,
    address,
    prefix + (paged ? 0 : elements * form.size) + 4,
    "an extensible array",
  );
  checkBlock(body, "EADB");
  body.skip(positionSize);
  if (paged) {
    body.checksum();
    yield* readPages(spot, address + prefix + 4, form, start, elements, perPage, isWritten);
  } else {
    yield* readElements(body, form, start, elements);
    body.checksum();
  }
}

/** Pages follow each other, each with its checksum; some were never written. */
async function* readPages(
  spot: Spot,
  address: number,
  form: ElementForm,
  start: number,
  elements: number,
  perPage: number,
  isWritten: IsWritten,
): AsyncGenerator<ArrayEntry> {
  let at = address;
  for (let page = 0; page * perPage < elements; page++) {
    const count = Math.min(perPage, elements - page * perPage);
    if (isWritten(page)) {
      const body = await Cursor.read(spot, at, count * form.size + 4, "a page of an array");
      yield* readElements(body, form, start + page * perPage, count);
      body.checksum();
    }
    at += count * form.size + 4;
  }
}

function readForm(head: Cursor): ElementForm {
  const client = head.u8();
  head.expect("elements of kind", client, 0, 1);
  const size = head.u8();
  const { offsetSize } = head.spot.file;
  const filtered = client === 1;
  if (filtered ? size < offsetSize + 5 || size > offsetSize + 12 : size !== offsetSize) {
    throw head.error(`expected elements that hold an address in ${head.what}, received size ${size}.`);
  }
  return { filtered, size };
}

function checkBlock(body: Cursor, signature: string): void {
  body.signature(signature);
  body.expect("version", body.u8(), 0);
  body.skip(1);
  body.address();
}

function* readElements(body: Cursor, form: ElementForm, start: number, count: number): Generator<ArrayEntry> {
  const { offsetSize } = body.spot.file;
  for (let i = 0; i < count; i++) {
    const address = body.optionalAddress();
    const size = form.filtered ? body.uint(form.size - offsetSize - 4) : undefined;
    const mask = form.filtered ? body.u32() : 0;
    if (address !== undefined) yield { position: start + i, address, size, mask };
  }
}

function bitAt(bits: Uint8Array, index: number): boolean {
  return (((bits[index >> 3] ?? 0) >> (7 - (index & 7))) & 1) === 1;
}
