import { FileError } from "../../errors.ts";
import { inspect } from "../../json/inspect.ts";
import { quote } from "../../json/quote.ts";
import type { Budget } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";
import { openBeside } from "../siblings.ts";
import { type BundleEntry, readBundleEntry } from "./bundle-entry.ts";
import { BundleTensor } from "./bundle-tensor.ts";
import { fieldsOf } from "./protobuf.ts";
import { tableEntries } from "./table.ts";

/** No honest index is larger: it has some 100 bytes for each variable. */
const mostIndexBytes = 2 ** 26;

/** Tensors by their names, as TensorFlow writes them: `<name>.index` says what is where in `<name>.data-00000-of-00001`. */
export interface Bundle {
  /** What the index says of each. */
  readonly entries: ReadonlyMap<string, BundleEntry>;
  /** Opens the file that a tensor is in, and gives the tensor; its elements are read when they are asked for. */
  open(key: string): Promise<BundleTensor>;
}

export interface BundleOptions {
  /** The source whose siblings the files of tensors are. */
  readonly beside: ByteSource;
  /** What the files of tensors are called, up to `.data-`. */
  readonly prefix: string;
  /** What errors call the index. */
  readonly name: string;
  readonly budget: Budget;
}

/** Reads the index of a bundle, whose sums are compared; no tensor is read. */
export async function openBundle(index: ByteSource, options: BundleOptions): Promise<Bundle> {
  const { name, budget } = options;
  if (index.size > mostIndexBytes)
    throw new FileError(name, `expected at most ${mostIndexBytes} bytes, received ${index.size}.`);
  const entries = new Map<string, BundleEntry>();
  let shards: number | undefined;
  for (const { key, value } of tableEntries(await index.read(0, index.size), name, budget)) {
    if (shards === undefined) {
      shards = readHeader(key, value, name);
      continue;
    }
    const text = new TextDecoder().decode(key);
    if (entries.has(text)) throw new FileError(name, `expected a key once, received ${quote(text)} twice.`);
    entries.set(text, readBundleEntry(value, `${name}: ${quote(text)}`));
  }
  if (shards === undefined)
    throw new FileError(name, "expected the header of a bundle, received an empty table.");
  const files = new Shards(options, shards);
  return {
    entries,
    async open(key) {
      const entry = entries.get(key);
      const at = `${name}: ${quote(key)}`;
      if (!entry) throw new FileError(name, `expected a tensor ${quote(key)}, received none.`);
      budget.declaredBytes.take(entry.size, at);
      const { source, file } = await files.at(entry.shard, at);
      return new BundleTensor(key, entry, source, `${file}: ${quote(key)}`);
    },
  };
}

/** How many files the tensors are in. */
function readHeader(key: Uint8Array, value: Uint8Array, name: string): number {
  if (key.length > 0)
    throw new FileError(name, "expected the header of a bundle, received another table of LevelDB.");
  let shards = 0;
  for (const field of fieldsOf(value, name)) {
    if (field.number === 1) shards = field.integer;
    if (field.number === 2 && field.integer !== 0)
      throw new FileError(name, "expected tensors of which low bytes come first, received others.");
  }
  if (shards < 1 || shards > 99_999)
    throw new FileError(name, `expected the number of files of tensors, received ${inspect(shards)}.`);
  return shards;
}

interface Shard {
  readonly source: ByteSource;
  readonly file: string;
}

/** The files of tensors, each opened when the first of its tensors is. */
class Shards {
  readonly #options: BundleOptions;
  readonly #count: number;
  readonly #open = new Map<number, Promise<Shard>>();

  constructor(options: BundleOptions, count: number) {
    this.#options = options;
    this.#count = count;
  }

  at(shard: number, at: string): Promise<Shard> {
    if (!(shard >= 0 && shard < this.#count))
      return Promise.reject(new FileError(at, `expected a file below ${this.#count}, received ${shard}.`));
    const known = this.#open.get(shard) ?? this.#opened(shard);
    this.#open.set(shard, known);
    return known;
  }

  async #opened(shard: number): Promise<Shard> {
    const { beside, prefix, name } = this.#options;
    const five = (count: number) => String(count).padStart(5, "0");
    const file = `${prefix}.data-${five(shard)}-of-${five(this.#count)}`;
    return { source: await openBeside(beside, file, name), file };
  }
}
