import { FileError } from "../../errors.ts";
import { quote } from "../../json/quote.ts";
import { bytesPerElement } from "../../tensor/dtype.ts";
import { formatShape, type StaticShape, sameShape, sizeOf } from "../../tensor/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";
import type { PieceRoom, Pieces } from "../read-ahead.ts";
import { align8, ByteWriter, bytesOf } from "./byte-writer.ts";
import { GlobalHeapWriter } from "./global-heap-writer.ts";
import {
  attributeSize,
  headerSize,
  mostMessageBytes,
  mostMessages,
  type WrittenAttribute,
  type WrittenObject,
  writeAttribute,
  writeDataset,
  writeGroup,
  writeHeader,
} from "./message-writer.ts";
import { compareNames } from "./name-order.ts";
import { placeIn } from "./spot.ts";
import { internalK, leafK, type SymbolEntry, SymbolTableWriter, writeEntry } from "./symbol-table-writer.ts";
import { type AttributeInput, type Hdf5DatasetInput, type Hdf5GroupInput, isGroupInput } from "./tree.ts";

/** A file about to be written: its size is known, its bytes come in order, datasets one at a time. */
export interface Hdf5Plan {
  readonly size: number;
  /** Where there is room for the whole file, the chunks are in it, all but large datasets. */
  chunks(room?: Uint8Array): AsyncGenerator<Uint8Array>;
  /** The whole file at once, where no dataset needs waiting for. */
  toBytes(): Uint8Array;
}

export interface PlanHdf5Options {
  /** What errors call the file. */
  readonly name?: string;
  /** Gets to know of each tensor that is written, or of its bytes where they come piece by piece. */
  readonly onRead?: (read: Tensor | Pieces) => void;
  /** Where pieces are read into; each is memory of its own unless given. */
  readonly pieceRoom?: PieceRoom | undefined;
}

/** A group or dataset and where it is going to be; small, because a file may have hundreds of thousands. */
class PlannedObject implements WrittenObject, SymbolEntry {
  readonly node: Hdf5GroupInput | Hdf5DatasetInput;
  readonly name: string;
  readonly parent: PlannedObject | null;
  attributes: readonly WrittenAttribute[] = noAttributes;
  children: readonly PlannedObject[] = noChildren;
  /** The names of the children. */
  table: SymbolTableWriter | undefined;
  header = 0;
  /** Where the symbol table or the elements are; undefined where there are none. */
  body: number | undefined;

  constructor(node: Hdf5GroupInput | Hdf5DatasetInput, name: string, parent: PlannedObject | null) {
    this.node = node;
    this.name = name;
    this.parent = parent;
  }

  get dataset(): Hdf5DatasetInput | undefined {
    return isGroupInput(this.node) ? undefined : this.node;
  }

  get tree(): number | undefined {
    return this.body === undefined ? undefined : this.table?.tree(this.body);
  }

  get heap(): number | undefined {
    return this.body === undefined ? undefined : this.table?.heap(this.body);
  }

  get path(): string {
    const names: string[] = [];
    for (let at: PlannedObject = this; at.parent; at = at.parent) names.push(`/${at.name}`);
    return names.reverse().join("");
  }
}

const superblockBytes = 96;
const maxRank = 32;
const scalar: StaticShape = [];
const noAttributes: readonly WrittenAttribute[] = [];
const noChildren: readonly PlannedObject[] = [];
/** What is written at once: small datasets are joined, so that a file of many takes few steps. */
const blockBytes = 2 ** 20;
/** Of datasets that are larger no more than pieces are in memory, where they can be had so. */
const mostAtOnce = 2 ** 22;
/** The same where memory is there for them. */
const worthAPiece = 2 ** 18;

/**
 * Lays a file out, as h5py does by default: every address follows from names, shapes and dtypes, so that no element is
 * needed before it is written. The same tree gives the same bytes.
 */
export function planHdf5(root: Hdf5GroupInput, options: PlanHdf5Options = {}): Hdf5Plan {
  const { name = "HDF5", onRead, pieceRoom } = options;
  const largeBytes = pieceRoom ? worthAPiece : mostAtOnce;
  const heap = new GlobalHeapWriter();
  const objects = collect(root, name, heap);
  let end = superblockBytes;
  for (const object of objects) {
    object.header = end;
    end += headerSize(object);
    if (!object.table) continue;
    object.body = end;
    end += object.table.size;
  }
  const heaps = heap.addresses(end);
  const metadataBytes = heaps.at(-1)!;
  end = metadataBytes;
  const stored = objects.filter(({ dataset }) => dataset && byteLength(dataset) > 0);
  for (const object of stored) {
    object.body = align8(end);
    end = object.body + byteLength(object.dataset!);
  }
  if (!Number.isSafeInteger(end))
    throw problem(name, objects[0]!, `expected fewer than 2**53 bytes, received ${end}.`);
  const checked = (object: PlannedObject, tensor: Tensor): Tensor => {
    const { dtype, shape } = object.dataset!;
    if (tensor.dtype !== dtype || !sameShape(tensor.shape, shape)) {
      const received = `${tensor.dtype} ${formatShape(tensor.shape)}`;
      throw problem(name, object, `expected ${dtype} ${formatShape(shape)}, received ${received}.`);
    }
    onRead?.(tensor);
    return tensor;
  };
  async function* checkedPieces(object: PlannedObject, pieces: Pieces) {
    const expected = byteLength(object.dataset!);
    let received = 0;
    for await (const piece of pieces) {
      received += piece.length;
      if (received > expected) break;
      yield piece;
    }
    if (received !== expected)
      throw problem(
        name,
        object,
        `expected ${expected} bytes of elements, received ${received > expected ? "more" : received}.`,
      );
  }

  return {
    size: end,
    async *chunks(room) {
      const out = new ByteWriter(room ?? blockBytes);
      const metadata = writeMetadata(out, objects, heap, heaps, end);
      while (!metadata.next().done) if (out.held >= blockBytes) yield out.take();
      yield out.take();
      for (const object of stored) {
        const pieces =
          byteLength(object.dataset!) >= largeBytes ? object.dataset!.pieces?.(pieceRoom) : undefined;
        if (pieces) {
          onRead?.(pieces);
          out.padTo(object.body!);
          yield out.take();
          yield* checkedPieces(object, pieces);
          out.pass(byteLength(object.dataset!));
          continue;
        }
        const data = object.dataset!.data();
        const isThere = data instanceof Tensor;
        const tensor = checked(object, isThere ? data : await data);
        out.padTo(object.body!);
        if (tensor.data.byteLength >= blockBytes) {
          yield out.take();
          yield bytesOf(tensor.data);
          out.pass(tensor.data.byteLength);
        } else if (out.elements(tensor).held >= blockBytes || !isThere) yield out.take();
      }
      if (out.held > 0) yield out.take();
    },
    toBytes() {
      const out = new ByteWriter(end);
      const metadata = writeMetadata(out, objects, heap, heaps, end);
      while (!metadata.next().done);
      for (const object of stored) {
        const tensor = object.dataset!.data();
        if (!(tensor instanceof Tensor)) {
          throw problem(name, object, "expected elements at once, received a promise of them.");
        }
        out.padTo(object.body!).elements(checked(object, tensor));
      }
      return out.bytes;
    },
  };
}

/** All objects, each group before what it holds. Nothing recurses: groups may nest to any depth. */
function collect(root: Hdf5GroupInput, file: string, heap: GlobalHeapWriter): PlannedObject[] {
  const objects: PlannedObject[] = [];
  const pending = [new PlannedObject(root, "", null)];
  for (let object = pending.pop(); object; object = pending.pop()) {
    objects.push(object);
    object.attributes = planAttributes(object, file, heap);
    const { node } = object;
    if (!isGroupInput(node)) {
      checkShape(object, node.shape, file);
      continue;
    }
    const children: PlannedObject[] = [];
    for (const [name, child] of node.children) {
      checkChildName(object, name, file);
      children.push(new PlannedObject(child, name, object));
    }
    if (children.length > 1) children.sort((a, b) => compareNames(a.name, b.name));
    object.children = children;
    object.table = new SymbolTableWriter(children.map(({ name }) => name));
    for (let place = children.length - 1; place >= 0; place--) pending.push(children[place]!);
  }
  return objects;
}

function checkChildName(group: PlannedObject, name: string, file: string): void {
  if (name === "" || name === "." || name.includes("/")) {
    throw problem(file, group, `expected names of objects, received ${quote(name)}.`);
  }
  checkName(name, file, group);
}

function checkShape(object: PlannedObject, shape: StaticShape, file: string): void {
  if (
    shape.length > maxRank ||
    !shape.every((dimension) => Number.isSafeInteger(dimension) && dimension >= 0)
  ) {
    const expected = `expected a shape of at most ${maxRank} sizes`;
    throw problem(file, object, `${expected}, received ${formatShape(shape)}.`);
  }
}

function planAttributes(
  object: PlannedObject,
  file: string,
  heap: GlobalHeapWriter,
): readonly WrittenAttribute[] {
  const { node } = object;
  const isBfloat16 = "dtype" in node && node.dtype === "bfloat16";
  if (!node.attributes && !isBfloat16) return noAttributes;
  const all: (readonly [string, AttributeInput])[] = [...(node.attributes ?? [])];
  if (isBfloat16 && !all.some(([name]) => name === "dtype")) all.unshift(["dtype", "bfloat16"]);
  const planned = all.map(([name, value]): WrittenAttribute => {
    checkName(name, file, object);
    const texts = typeof value === "string" ? [value] : value instanceof Tensor ? undefined : value;
    if (value instanceof Tensor && value.dtype === "bfloat16") {
      throw problem(
        file,
        object,
        `expected a dtype that HDF5 has in attribute ${quote(name)}, received bfloat16.`,
      );
    }
    const shape = typeof value === "string" ? scalar : value instanceof Tensor ? value.shape : [value.length];
    const attribute = {
      name,
      shape,
      value:
        value instanceof Tensor ? value : texts!.map((text) => heap.add(checkedText(text, file, object))),
    };
    const length = align8(attributeSize(attribute));
    if (length > mostMessageBytes) {
      const most = `at most ${mostMessageBytes} bytes with its name`;
      throw problem(file, object, `expected attribute ${quote(name)} to take ${most}, received ${length}.`);
    }
    return attribute;
  });
  if (planned.length > mostMessages - 8) {
    throw problem(
      file,
      object,
      `expected at most ${mostMessages - 8} attributes, received ${planned.length}.`,
    );
  }
  return planned;
}

/** Writes all before the elements; pauses after each object. */
function* writeMetadata(
  out: ByteWriter,
  objects: readonly PlannedObject[],
  heap: GlobalHeapWriter,
  heaps: readonly number[],
  end: number,
): Generator<void> {
  out.u8(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a);
  // versions of the superblock, free space, root group and shared messages; sizes of offsets and lengths
  out.u8(0, 0, 0, 0, 0, 8, 8, 0).u16(leafK).u16(internalK).u32(0);
  out.u64(0).noAddress().u64(end).noAddress();
  out.u64(0);
  writeEntry(out, objects[0]!);
  for (const object of objects) {
    const { dataset, table, tree, heap, body } = object;
    writeHeader(out, object);
    if (dataset) writeDataset(out, dataset.dtype, dataset.shape, body, byteLength(dataset));
    else writeGroup(out, tree!, heap!);
    for (const attribute of object.attributes) writeAttribute(out, attribute, heaps);
    table?.write(out, object.children);
    yield;
  }
  heap.write(out);
}

function byteLength({ dtype, shape }: Hdf5DatasetInput): number {
  return sizeOf(shape) * bytesPerElement(dtype);
}

function checkName(name: string, file: string, object: PlannedObject): void {
  if (name === "" || name.includes("\0")) {
    throw problem(file, object, `expected a name without NUL, received ${quote(name)}.`);
  }
  checkedText(name, file, object);
}

function checkedText(text: string, file: string, object: PlannedObject): string {
  if (!/\p{Surrogate}/u.test(text)) return text;
  throw problem(file, object, `expected well-formed text, received ${quote(text)}.`);
}

function problem(file: string, { path }: Pick<PlannedObject, "path">, message: string): FileError {
  return new FileError(placeIn(file, path), message);
}
