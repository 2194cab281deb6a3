import { FileError } from "../../errors.ts";
import type { Budget } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";
import { userBlock } from "../file-kind.ts";
import { Cursor } from "./cursor.ts";
import { Pages } from "./pages.ts";
import { effortFor, type OpenFile, Spot } from "./spot.ts";

/** Finds and reads the superblock: the file's number sizes, and where its root group is. */
export async function readSuperblock(
  source: ByteSource,
  name: string,
  checksums: boolean,
  budget: Budget,
): Promise<{ spot: Spot; root: number }> {
  const pages = new Pages(source);
  const base = await findSignature(source, pages, name);
  const globalHeap: OpenFile["globalHeap"] = new Map();
  const start = await pages.read(base, Math.min(source.size - base, 100));
  const spotFor = (offsetSize: number, lengthSize: number) => {
    // Written out: engines give what is spread and added to a shape of its own each time, and all reading goes through it.
    const file = { name, source, pages, base, offsetSize, lengthSize, checksums, globalHeap, budget };
    return new Spot(file, effortFor(file));
  };
  let block = new Cursor(start, spotFor(8, 8), "the superblock");
  block.skip(8);
  const version = block.u8();
  block.expect("version", version, 0, 1, 2, 3);
  if (version < 2) block.skip(4);
  const offsetSize = block.u8();
  const lengthSize = block.u8();
  block.expect("offsets of size", offsetSize, 4, 8);
  block.expect("lengths of size", lengthSize, 4, 8);
  const spot = spotFor(offsetSize, lengthSize);
  const position = block.position;
  block = new Cursor(start, spot, "the superblock");
  block.position = position;
  if (version < 2) {
    // reserved, leaf K, internal K, flags; version 1 has chunk K too
    block.skip(version === 0 ? 9 : 13);
    block.skip(offsetSize);
    block.optionalAddress();
    checkEnd(block);
    block.optionalAddress();
    block.skip(offsetSize);
  } else {
    block.skip(1);
    block.skip(offsetSize);
    block.optionalAddress();
    checkEnd(block);
  }
  const root = block.address();
  if (version >= 2) block.checksum();
  return { spot, root };
}

function checkEnd(block: Cursor): void {
  const end = block.address();
  const { size } = block.spot.file.source;
  if (end > size) throw block.error(`expected ${end} bytes as the superblock says, received ${size}.`);
}

async function findSignature(source: ByteSource, pages: Pages, name: string): Promise<number> {
  const base = await userBlock(source, (at) => pages.read(at, 8));
  if (base !== null) return base;
  throw new FileError(name, `expected an HDF5 file, received ${source.size} bytes without its signature.`);
}
