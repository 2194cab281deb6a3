import { FileError, invariant } from "../../errors.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { StaticShape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Place } from "../stored-tensor.ts";
import { type AttributeValue, readAttributes } from "./attributes.ts";
import { type Dataspace, readDataspace } from "./dataspace.ts";
import { type Datatype, readDatatype } from "./datatype.ts";
import { type NumberType, toStrings, toTensor } from "./elements.ts";
import { ExternalData } from "./external-data.ts";
import { readFillValue } from "./fill-value.ts";
import { type Filter, isKnownFilter, readFilters } from "./filter-list.ts";
import { type Layout, readLayout } from "./layout.ts";
import { findMessage, type Message, messageType } from "./object-header.ts";
import { Recent } from "./recent.ts";
import type { Spot } from "./spot.ts";
import { type Steps, take } from "./steps.ts";

/** An array in a file: what it is is known, its elements are read on demand. */
export interface Hdf5Dataset {
  readonly kind: "dataset";
  readonly path: string;
  /** `"unsupported"` elements (compound ones, say) can be listed, not read. */
  readonly dtype: DType | "string" | "unsupported";
  readonly shape: StaticShape;
  readonly attributes: ReadonlyMap<string, AttributeValue>;
  /** The elements. The tensor may share memory with what the source gave. */
  read(): Promise<Tensor>;
  /** The same at once, where the elements are stored in one piece and the source can. */
  readonly readSync: (() => Tensor) | undefined;
  /** Where the elements' bytes are in one piece, in order and little-endian; undefined where they are stored otherwise. */
  readonly place: Place | undefined;
  /** The elements of a dataset of strings, in row-major order. */
  readStrings(): Promise<readonly string[]>;
  /** Reads what is in filtered chunks, where the filters are known, so that one which is not what was written fails. */
  checkChunks(): Promise<void>;
  /** How many bytes have to be in memory to read it. */
  readonly declaredBytes: number;
  /** How many bytes of elements the file has, once inflated; all others are read as the fill value. */
  presentBytes(): Promise<number>;
  /** Where in the source the elements are, if in one piece. */
  readonly range: { readonly offset: number; readonly length: number } | undefined;
}

interface Parts {
  readonly type: Datatype;
  readonly space: Dataspace;
  readonly layout: Layout;
  readonly filters: readonly Filter[];
  readonly fill: Uint8Array | undefined;
}

/** The datatypes and dataspaces that the datasets of a file share. */
export class Kinds {
  readonly types: Recent<Datatype> = new Recent();
  readonly spaces: Recent<Dataspace> = new Recent();
}

const NO_FILTERS: readonly Filter[] = [];

export function isDataset(messages: readonly Message[]): boolean {
  return findMessage(messages, messageType.layout) !== undefined;
}

/** Reads what a dataset is; `kinds` are those of the file so far. */
export function* readDataset(spot: Spot, messages: readonly Message[], kinds: Kinds): Steps<Hdf5Dataset> {
  const attributes = yield* readAttributes(spot, messages);
  const parts = readParts(spot, messages, attributes, kinds);
  countBytes(spot, parts);
  checkSizes(spot, parts);
  return new Dataset(spot, attributes, parts);
}

/** The same dataset, linked in another place. Each place counts, since each can be read and written again. */
export function linkedAt(spot: Spot, dataset: Hdf5Dataset): Hdf5Dataset {
  invariant(dataset instanceof Dataset, "a dataset of no file");
  return dataset.linkedAt(spot);
}

/** A dataset as a file has it; small, because a file may have hundreds of thousands. */
class Dataset implements Hdf5Dataset {
  readonly kind = "dataset";
  readonly attributes: ReadonlyMap<string, AttributeValue>;
  readonly #spot: Spot;
  readonly #parts: Parts;

  constructor(spot: Spot, attributes: ReadonlyMap<string, AttributeValue>, parts: Parts) {
    this.#spot = spot;
    this.attributes = attributes;
    this.#parts = parts;
  }

  linkedAt(spot: Spot): Hdf5Dataset {
    countBytes(spot, this.#parts);
    return new Dataset(spot, this.attributes, this.#parts);
  }

  get path(): string {
    return this.#spot.path;
  }

  get dtype(): Hdf5Dataset["dtype"] {
    return dtypeOf(this.#parts.type);
  }

  get shape(): StaticShape {
    return this.#parts.space.shape;
  }

  get range(): Hdf5Dataset["range"] {
    const { layout } = this.#parts;
    const length = byteLength(this.#parts);
    if (layout.kind !== "contiguous" || layout.address === undefined || length === 0) return undefined;
    return { offset: this.#spot.file.base + layout.address, length };
  }

  get declaredBytes(): number {
    return declaredBytes(this.#parts);
  }

  async read(): Promise<Tensor> {
    const number = expectNumbers(this.#spot, this.#parts.type);
    return toTensor(number, this.shape, await readBytes(this.#spot, this.#parts));
  }

  get readSync(): (() => Tensor) | undefined {
    const { type, layout } = this.#parts;
    const inMemory = layout.kind === "compact" || byteLength(this.#parts) === 0;
    const canRead = inMemory || (this.range !== undefined && this.#spot.file.source.readSync !== undefined);
    if (type.kind !== "number" || !canRead) return undefined;
    return () =>
      toTensor(
        type,
        this.shape,
        orFileError(this.#spot, () => this.#bytesNow()),
      );
  }

  get place(): Hdf5Dataset["place"] {
    const { type } = this.#parts;
    const { range } = this;
    const isAsIs = type.kind === "number" && type.dtype !== "bool" && !type.bigEndian;
    return range && isAsIs ? { source: this.#spot.file.source, ...range } : undefined;
  }

  #bytesNow(): Uint8Array {
    const { layout } = this.#parts;
    if (layout.kind === "compact") return new Uint8Array(layout.bytes.subarray(0, byteLength(this.#parts)));
    const { range } = this;
    return range ? this.#spot.file.source.readSync!(range.offset, range.length) : new Uint8Array(0);
  }

  async checkChunks(): Promise<void> {
    const { layout, filters } = this.#parts;
    const isFiltered = filters.length > 0 && filters.every(({ id }) => isKnownFilter(id));
    if (layout.kind === "chunked" && isFiltered) await readBytes(this.#spot, this.#parts);
  }

  async presentBytes(): Promise<number> {
    const { layout, space } = this.#parts;
    const length = byteLength(this.#parts);
    if (layout.kind === "compact") return length;
    if (layout.address === undefined) return 0;
    if (layout.kind === "contiguous") return length;
    const { countChunks } = await import("./chunked.ts");
    const chunkBytes = layout.chunk.reduce((product, axis) => product * axis, layout.elementSize);
    return Math.min(length, chunkBytes * (await countChunks(this.#spot, layout, space)));
  }

  readStrings(): Promise<readonly string[]> {
    return readStrings(this.#spot, this.#parts);
  }
}

function byteLength({ space, type }: Parts): number {
  return space.elements * type.size;
}

function readParts(
  spot: Spot,
  messages: readonly Message[],
  attributes: ReadonlyMap<string, AttributeValue>,
  { types, spaces }: Kinds,
): Parts {
  const need = (type: number, what: string) => {
    const body = findMessage(messages, type);
    if (!body) throw spot.error(`expected ${what} of a dataset, received none.`);
    return body;
  };
  if (findMessage(messages, messageType.externalFiles)) {
    throw spot.error(
      "expected elements in this file, received external storage, which is not followed.",
      ExternalData,
    );
  }
  const filters = findMessage(messages, messageType.filters);
  const stored = types.of(need(messageType.datatype, "the datatype"), readDatatype);
  // Whole models have no attribute that says so.
  const dtype = attributes.get("dtype") ?? "bfloat16";
  const isBfloat16 = stored.kind === "opaque" && stored.size === 2 && dtype === "bfloat16";
  const type: Datatype = isBfloat16
    ? { kind: "number", size: 2, dtype: "bfloat16", bigEndian: false }
    : stored;
  return {
    type,
    space: spaces.of(need(messageType.dataspace, "the dataspace"), readDataspace),
    layout: readLayout(need(messageType.layout, "the layout")),
    filters: filters ? readFilters(filters) : NO_FILTERS,
    fill: type.kind === "number" ? readFillValue(messages, type.size) : undefined,
  };
}

function countBytes(spot: Spot, parts: Parts): void {
  spot.file.budget.declaredBytes.take(declaredBytes(parts), () => spot.place);
}

/** What a dataset comes to: of one in chunks they may be more than its elements. */
function declaredBytes(parts: Parts): number {
  const { space, type, layout } = parts;
  const { shape } = space;
  const whole =
    layout.kind === "chunked"
      ? layout.chunk.reduce(
          (product, axis, i) => product * Math.ceil((shape[i] ?? 1) / axis) * axis,
          type.size,
        )
      : 0;
  return Math.max(byteLength(parts), whole);
}

/** Believes no size that the file could not hold. */
function checkSizes(spot: Spot, parts: Parts): void {
  const { space, type, layout } = parts;
  const length = byteLength(parts);
  if (layout.kind === "compact" && layout.bytes.length < length) {
    throw spot.error(`expected ${length} bytes of elements, received ${layout.bytes.length}.`);
  }
  if (layout.kind === "contiguous" && layout.address !== undefined) {
    if (layout.size < length)
      throw spot.error(`expected ${length} bytes of elements, received ${layout.size}.`);
    spot.checkRange(layout.address, length, "elements");
  }
  if (layout.kind === "chunked") {
    const { chunk, elementSize } = layout;
    if (chunk.length !== space.shape.length || elementSize !== type.size) {
      throw spot.error(
        `expected chunks of ${space.shape.length} axes and elements of ${type.size} bytes, ` +
          `received ${chunk.length} axes and ${elementSize} bytes.`,
      );
    }
  }
}

async function readStrings(spot: Spot, parts: Parts): Promise<readonly string[]> {
  const { type, space } = parts;
  if (type.kind !== "fixed-string" && type.kind !== "variable-string") {
    throw spot.error(`expected strings, received ${dtypeOf(type)}.`);
  }
  const bytes = await readBytes(spot, parts);
  const own = spot.anew();
  const texts = await take(toStrings(own, type, space.elements, bytes));
  if (!texts) throw spot.error("expected UTF-8 text, received other bytes.");
  return texts;
}

async function readBytes(spot: Spot, parts: Parts): Promise<Uint8Array> {
  const { space, layout, filters, fill } = parts;
  const length = byteLength(parts);
  if (length === 0) return new Uint8Array(0);
  if (layout.kind === "compact") return new Uint8Array(layout.bytes.subarray(0, length));
  const { source, base } = spot.file;
  if (layout.kind === "contiguous" && layout.address !== undefined) {
    const offset = base + layout.address;
    return orFileErrorLater(spot, () => source.read(offset, length));
  }
  const result = orFileError(spot, () => new Uint8Array(length));
  if (fill) for (let at = 0; at < length; at += fill.length) result.set(fill, at);
  if (layout.kind === "chunked") {
    const own = spot.anew();
    const { readChunked } = await import("./chunked.ts");
    await readChunked(own, layout, space, filters, result);
  }
  return result;
}

function expectNumbers(spot: Spot, type: Datatype): NumberType {
  if (type.kind === "number") return type;
  const received =
    type.kind === "unsupported" ? type.reason : type.kind === "opaque" ? "opaque bytes" : "strings";
  throw spot.error(`expected numbers, received ${received}.`);
}

function dtypeOf(type: Datatype): Hdf5Dataset["dtype"] {
  if (type.kind === "number") return type.dtype;
  return type.kind === "fixed-string" || type.kind === "variable-string" ? "string" : "unsupported";
}

/** More memory than the host gives is the file's fault here. */
function orFileError<T>(spot: Spot, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw tooLarge(spot, error);
  }
}

async function orFileErrorLater<T>(spot: Spot, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw tooLarge(spot, error);
  }
}

function tooLarge(spot: Spot, error: unknown): unknown {
  if (!(error instanceof RangeError)) return error;
  const issue = spot.error("expected elements that fit into memory, received more.").issues;
  return new FileError(issue, { cause: error });
}
