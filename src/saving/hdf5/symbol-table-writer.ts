import { align8, type ByteWriter, textLength } from "./byte-writer.ts";

/** What a symbol table says of a child. */
export interface SymbolEntry {
  readonly header: number;
  /** A group's own symbol table, which its entry repeats. */
  readonly table: TableAddresses | undefined;
}

export interface TableAddresses {
  readonly tree: number;
  readonly heap: number;
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
  readonly #nameOffsets: readonly number[];
  readonly #heapBytes: number;
  /** How many nodes each level of the tree has, from the bottom. */
  readonly #levels: readonly number[];

  /** `names` in order of their bytes. */
  constructor(names: readonly string[]) {
    this.#names = names;
    let offset = 8;
    this.#nameOffsets = names.map((name) => {
      const start = offset;
      offset += align8(textLength(name) + 1);
      return start;
    });
    this.#heapBytes = offset;
    const levels = [Math.max(Math.ceil(this.#leaves / perNode), 1)];
    while (levels.at(-1)! > 1) levels.push(Math.ceil(levels.at(-1)! / perNode));
    this.#levels = levels;
    this.size = this.#nodes * nodeBytes + heapHeadBytes + offset + this.#leaves * leafBytes;
  }

  /** Where the parts are if the table starts at an address; the tree's root is its last node. */
  addresses(start: number): TableAddresses {
    return { tree: start + (this.#nodes - 1) * nodeBytes, heap: start + this.#nodes * nodeBytes };
  }

  write(out: ByteWriter, entries: readonly SymbolEntry[]): void {
    const start = out.length;
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
        out.u64(this.#lastName(first * names));
        for (let child = first; child < first + used; child++) {
          out.u64(childrenAt + child * childBytes).u64(this.#lastName((child + 1) * names));
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
    for (let leaf = 0; leaf < this.#leaves; leaf++) this.#writeLeaf(out, entries, leaf * perLeaf);
  }

  #writeLeaf(out: ByteWriter, entries: readonly SymbolEntry[], first: number): void {
    const end = out.length + leafBytes;
    const used = entries.slice(first, first + perLeaf);
    out.ascii("SNOD").u8(1, 0).u16(used.length);
    for (const [i, entry] of used.entries()) {
      out.u64(this.#nameOffsets[first + i]!);
      writeEntry(out, entry);
    }
    out.padTo(end);
  }

  /** The offset of the last of the first `count` names; 0, where the empty name is, for none. */
  #lastName(count: number): number {
    return this.#nameOffsets[Math.min(count, this.#nameOffsets.length) - 1] ?? 0;
  }

  get #leaves(): number {
    return Math.ceil(this.#names.length / perLeaf);
  }

  get #nodes(): number {
    return this.#levels.reduce((sum, count) => sum + count, 0);
  }
}

/** What follows the name in an entry. */
export function writeEntry(out: ByteWriter, { header, table }: SymbolEntry): void {
  out
    .u64(header)
    .u32(table ? 1 : 0)
    .u32(0);
  out.u64(table?.tree ?? 0).u64(table?.heap ?? 0);
}
