import { align8, type ByteWriter, textLength } from "./byte-writer.ts";

/** What a symbol table says of a child. */
export interface SymbolEntry {
  readonly header: number;
  /** Where a group has its own symbol table, which its entry repeats; undefined for a dataset. */
  readonly tree: number | undefined;
  readonly heap: number | undefined;
}

export const leafK = 4;
export const internalK = 16;
const perLeaf = 2 * leafK;
const perNode = 2 * internalK;
const nodeBytes = 24 + 8 * perNode + 8 * (perNode + 1);
const entryBytes = 40;
const leafBytes = 8 + perLeaf * entryBytes;
const heapHeadBytes = 32;
/** How HDF5 says that a heap has no free space. */
const noFreeSpace = 1;

/** A group's table of names: a B-tree over leaves of eight entries, and a heap of the names. */
export class SymbolTableWriter {
  readonly size: number;
  readonly #names: readonly string[];
  readonly #heapBytes: number;
  /** How many nodes each level of the tree has, from the bottom. */
  readonly #levels: readonly number[];

  /** `names` in order of their bytes. */
  constructor(names: readonly string[]) {
    this.#names = names;
    let heapBytes = 8;
    for (const name of names) heapBytes += nameBytes(name);
    this.#heapBytes = heapBytes;
    this.#levels = levelsOver(this.#leaves);
    this.size = this.#nodes * nodeBytes + heapHeadBytes + heapBytes + this.#leaves * leafBytes;
  }

  /** Where the tree's root, its last node, is if the table starts at an address. */
  tree(start: number): number {
    return start + (this.#nodes - 1) * nodeBytes;
  }

  /** Where the heap is. */
  heap(start: number): number {
    return start + this.#nodes * nodeBytes;
  }

  write(out: ByteWriter, entries: readonly SymbolEntry[]): void {
    const start = out.length;
    const offsets = offsetsOf(this.#names);
    const leavesAt = start + this.#nodes * nodeBytes + heapHeadBytes + this.#heapBytes;
    let childrenAt = leavesAt;
    let childBytes = leafBytes;
    let childCount = this.#leaves;
    let names = perLeaf;
    for (const [level, count] of this.#levels.entries()) {
      const nodesAt = out.length;
      for (let node = 0; node < count; node++) {
        const first = node * perNode;
        const used = Math.min(childCount - first, perNode);
        const end = out.length + nodeBytes;
        out.ascii("TREE").u8(0, level).u16(used);
        if (node > 0) out.u64(nodesAt + (node - 1) * nodeBytes);
        else out.noAddress();
        if (node + 1 < count) out.u64(nodesAt + (node + 1) * nodeBytes);
        else out.noAddress();
        out.u64(lastName(offsets, first * names));
        for (let child = first; child < first + used; child++) {
          out.u64(childrenAt + child * childBytes).u64(lastName(offsets, (child + 1) * names));
        }
        out.padTo(end);
      }
      childrenAt = nodesAt;
      childBytes = nodeBytes;
      childCount = count;
      names *= perNode;
    }
    out.ascii("HEAP").u32(0).u64(this.#heapBytes).u64(noFreeSpace);
    out.u64(out.length + 8).u64(0);
    for (const name of this.#names) out.text(name).u8(0).pad8();
    for (let leaf = 0; leaf < this.#leaves; leaf++) writeLeaf(out, entries, offsets, leaf * perLeaf);
  }

  get #leaves(): number {
    return Math.ceil(this.#names.length / perLeaf);
  }

  get #nodes(): number {
    return this.#levels.reduce((sum, count) => sum + count, 0);
  }
}

/** One level is all that most groups need, and there are many groups. */
const oneLevel: readonly number[] = [1];

function levelsOver(leaves: number): readonly number[] {
  if (leaves <= perNode) return oneLevel;
  const levels = [Math.ceil(leaves / perNode)];
  while (levels.at(-1)! > 1) levels.push(Math.ceil(levels.at(-1)! / perNode));
  return levels;
}

/** What a name takes in the heap. */
function nameBytes(name: string): number {
  return align8(textLength(name) + 1);
}

/** Where each name is in the heap, which begins with the empty one. */
function offsetsOf(names: readonly string[]): readonly number[] {
  let offset = 8;
  return names.map((name) => {
    const start = offset;
    offset += nameBytes(name);
    return start;
  });
}

/** The offset of the last of the first `count` names; 0, where the empty name is, for none. */
function lastName(offsets: readonly number[], count: number): number {
  return offsets[Math.min(count, offsets.length) - 1] ?? 0;
}

function writeLeaf(
  out: ByteWriter,
  entries: readonly SymbolEntry[],
  offsets: readonly number[],
  first: number,
): void {
  const end = out.length + leafBytes;
  const last = Math.min(first + perLeaf, entries.length);
  out
    .ascii("SNOD")
    .u8(1, 0)
    .u16(last - first);
  for (let i = first; i < last; i++) {
    out.u64(offsets[i]!);
    writeEntry(out, entries[i]!);
  }
  out.padTo(end);
}

/** What follows the name in an entry. */
export function writeEntry(out: ByteWriter, { header, tree, heap }: SymbolEntry): void {
  out
    .u64(header)
    .u32(tree === undefined ? 0 : 1)
    .u32(0);
  out.u64(tree ?? 0).u64(heap ?? 0);
}
