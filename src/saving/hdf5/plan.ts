import { FileError } from "../../errors.ts";
import { bytesPerElement } from "../../tensor/dtype.ts";
import { formatShape, type StaticShape, sameShape, sizeOf } from "../../tensor/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { align8, ByteWriter } from "./byte-writer.ts";
import { GlobalHeapWriter, type HeapReference } from "./global-heap-writer.ts";
import {
  attributeMessage,
  datasetMessages,
  datatype,
  headerSize,
  mostMessageBytes,
  mostMessages,
  symbolTableMessage,
  textDatatype,
  type WrittenMessage,
  writeHeader,
} from "./message-writer.ts";
import { compareNames } from "./name-order.ts";
import {
  internalK,
  leafK,
  type SymbolEntry,
  SymbolTableWriter,
  type TableAddresses,
  writeEntry,
} from "./symbol-table-writer.ts";
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
}

interface PlannedAttribute {
  readonly name: string;
  readonly shape: StaticShape;
  /** Numbers, or texts in the global heap. */
  readonly value: Tensor | readonly HeapReference[];
}

interface PlannedObject {
  readonly path: string;
  readonly attributes: readonly PlannedAttribute[];
  readonly dataset: Hdf5DatasetInput | undefined;
  readonly table: SymbolTableWriter | undefined;
  readonly children: PlannedObject[];
  /** Where the header, the symbol table and the elements are. */
  header: number;
  addresses: TableAddresses | undefined;
  data: number | undefined;
}

const superblockBytes = 96;
const maxRank = 32;
const noHeaps: readonly number[] = [];
const noAttributes: readonly PlannedAttribute[] = [];
/** What is written at once: small datasets are joined, so that a file of many takes few steps. */
const blockBytes = 2 ** 20;

/**
 * Lays a file out, as h5py does by default: every address follows from names, shapes and dtypes, so that no element is
 * needed before it is written. The same tree gives the same bytes.
 */
export function planHdf5(root: Hdf5GroupInput, options: PlanHdf5Options = {}): Hdf5Plan {
  const { name = "HDF5" } = options;
  const heap = new GlobalHeapWriter();
  const objects = collect(root, name, heap);
  let end = superblockBytes;
  for (const object of objects) {
    object.header = end;
    end += headerSize(messagesOf(object, noHeaps));
    object.addresses = object.table?.addresses(end);
    end += object.table?.size ?? 0;
  }
  const heaps = heap.addresses(end);
  const metadataBytes = heaps.at(-1)!;
  end = metadataBytes;
  const stored = objects.filter(({ dataset }) => dataset && byteLength(dataset) > 0);
  for (const object of stored) {
    object.data = align8(end);
    end = object.data + byteLength(object.dataset!);
  }
  if (!Number.isSafeInteger(end))
    throw problem(name, "", `expected fewer than 2**53 bytes, received ${end}.`);
  const elements = (object: PlannedObject, tensor: Tensor): Uint8Array => {
    const { dtype, shape } = object.dataset!;
    if (tensor.dtype !== dtype || !sameShape(tensor.shape, shape)) {
      const received = `${tensor.dtype} ${formatShape(tensor.shape)}`;
      throw problem(name, object.path, `expected ${dtype} ${formatShape(shape)}, received ${received}.`);
    }
    return bytesOf(tensor);
  };

  return {
    size: end,
    async *chunks(room) {
      const out = new ByteWriter(room ?? blockBytes);
      const metadata = writeMetadata(out, objects, heap, heaps, end);
      while (!metadata.next().done) if (out.held >= blockBytes) yield out.take();
      yield out.take();
      for (const object of stored) {
        const data = object.dataset!.data();
        const isThere = data instanceof Tensor;
        const bytes = elements(object, isThere ? data : await data);
        out.padTo(object.data!);
        if (bytes.length >= blockBytes) {
          yield out.take();
          yield bytes;
          out.pass(bytes.length);
        } else if (out.append(bytes).held >= blockBytes || !isThere) yield out.take();
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
          throw problem(name, object.path, "expected elements at once, received a promise of them.");
        }
        out.padTo(object.data!).append(elements(object, tensor));
      }
      return out.bytes;
    },
  };
}

function bytesOf({ data }: Tensor): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** All objects, each group before what it holds. Nothing recurses: groups may nest to any depth. */
function collect(root: Hdf5GroupInput, file: string, heap: GlobalHeapWriter): PlannedObject[] {
  const objects: PlannedObject[] = [];
  const pending: {
    path: string;
    node: Hdf5GroupInput | Hdf5DatasetInput;
    siblings: PlannedObject[];
    place: number;
  }[] = [{ path: "", node: root, siblings: [], place: 0 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { path, node } = next;
    const children = isGroupInput(node) ? sortedChildren(node, file, path) : [];
    const object: PlannedObject = {
      path,
      attributes: planAttributes(node, file, path, heap),
      dataset: isGroupInput(node) ? undefined : checkedDataset(node, file, path),
      table: isGroupInput(node) ? new SymbolTableWriter(children.map(([name]) => name)) : undefined,
      children: new Array(children.length),
      header: 0,
      addresses: undefined,
      data: undefined,
    };
    objects.push(object);
    next.siblings[next.place] = object;
    for (let place = children.length - 1; place >= 0; place--) {
      const [name, node] = children[place]!;
      pending.push({ path: `${path}/${name}`, node, siblings: object.children, place });
    }
  }
  return objects;
}

function sortedChildren(group: Hdf5GroupInput, file: string, path: string) {
  const children = [...group.children];
  for (const [name] of children) {
    if (name === "" || name === "." || name.includes("/")) {
      throw problem(file, path, `expected names of objects, received ${JSON.stringify(name)}.`);
    }
    checkName(name, file, path);
  }
  return children.sort(([a], [b]) => compareNames(a, b));
}

function checkedDataset(dataset: Hdf5DatasetInput, file: string, path: string): Hdf5DatasetInput {
  const { shape } = dataset;
  if (
    shape.length > maxRank ||
    !shape.every((dimension) => Number.isSafeInteger(dimension) && dimension >= 0)
  ) {
    throw problem(
      file,
      path,
      `expected a shape of at most ${maxRank} sizes, received ${formatShape(shape)}.`,
    );
  }
  return dataset;
}

function planAttributes(
  { attributes = new Map(), ...node }: Hdf5GroupInput | Hdf5DatasetInput,
  file: string,
  path: string,
  heap: GlobalHeapWriter,
): readonly PlannedAttribute[] {
  const marked = "dtype" in node && node.dtype === "bfloat16" && !attributes.has("dtype");
  if (!marked && attributes.size === 0) return noAttributes;
  const all: [string, AttributeInput][] = marked ? [["dtype", "bfloat16"], ...attributes] : [...attributes];
  const planned = all.map(([name, value]): PlannedAttribute => {
    checkName(name, file, path);
    const texts = typeof value === "string" ? [value] : value instanceof Tensor ? undefined : value;
    if (value instanceof Tensor && value.dtype === "bfloat16") {
      throw problem(file, path, `expected a dtype that HDF5 has in attribute "${name}", received bfloat16.`);
    }
    const shape = typeof value === "string" ? [] : value instanceof Tensor ? value.shape : [value.length];
    const attribute = {
      name,
      shape,
      value: value instanceof Tensor ? value : texts!.map((text) => heap.add(checkedText(text, file, path))),
    };
    const length = attributeBody(attribute, noHeaps).size;
    if (length > mostMessageBytes) {
      const most = `at most ${mostMessageBytes} bytes with its name`;
      throw problem(
        file,
        path,
        `expected attribute ${JSON.stringify(name)} to take ${most}, received ${length}.`,
      );
    }
    return attribute;
  });
  if (planned.length > mostMessages - 8) {
    throw problem(file, path, `expected at most ${mostMessages - 8} attributes, received ${planned.length}.`);
  }
  return planned;
}

/** The messages of an object's header; of the right sizes even before addresses are known. */
function messagesOf(object: PlannedObject, heaps: readonly number[]): WrittenMessage[] {
  const { dataset, addresses, attributes, data } = object;
  const own = dataset
    ? datasetMessages(dataset.dtype, dataset.shape, data, byteLength(dataset))
    : [symbolTableMessage(addresses?.tree ?? 0, addresses?.heap ?? 0)];
  return [...own, ...attributes.map((attribute) => attributeBody(attribute, heaps))];
}

function attributeBody({ name, shape, value }: PlannedAttribute, heaps: readonly number[]): WrittenMessage {
  if (value instanceof Tensor) {
    const bytes = bytesOf(value);
    return attributeMessage(name, datatype(value.dtype), shape, bytes.length, (out) => out.append(bytes));
  }
  return attributeMessage(name, textDatatype, shape, 16 * value.length, (out) => {
    for (const { length, collection, index } of value)
      out
        .u32(length)
        .u64(heaps[collection] ?? 0)
        .u32(index);
  });
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
  writeEntry(out, entryOf(objects[0]!));
  for (const object of objects) {
    writeHeader(out, messagesOf(object, heaps));
    object.table?.write(out, object.children.map(entryOf));
    yield;
  }
  heap.write(out);
}

function entryOf({ header, addresses }: PlannedObject): SymbolEntry {
  return { header, table: addresses };
}

function byteLength({ dtype, shape }: Hdf5DatasetInput): number {
  return sizeOf(shape) * bytesPerElement(dtype);
}

function checkName(name: string, file: string, path: string): void {
  if (name === "" || name.includes("\0")) {
    throw problem(file, path, `expected a name without NUL, received ${JSON.stringify(name)}.`);
  }
  checkedText(name, file, path);
}

function checkedText(text: string, file: string, path: string): string {
  if (!/\p{Surrogate}/u.test(text)) return text;
  throw problem(file, path, `expected well-formed text, received ${JSON.stringify(text)}.`);
}

function problem(file: string, path: string, message: string): FileError {
  return new FileError(`${file} ${path || "/"}`, message);
}
