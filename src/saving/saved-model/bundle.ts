import { FileError } from "../../errors.ts";
import { quote } from "../../json/quote.ts";
import { Budget, type Limits } from "../budget.ts";
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
  /** Opens nothing, and gives the tensor, whose elements are read when they are asked for. */
  tensor(key: string): BundleTensor;
  readonly keys: Iterable<string>;
  /** What all that is read from it may ask for. */
  readonly budget: Budget;
  /** Reads all tensors and compares their sums. */
  check(): Promise<void>;
}

export interface BundleOptions {
  /** The source whose siblings the files of tensors are. */
  readonly beside: ByteSource;
  /** What the files of tensors are called, up to `.data-`. */
  readonly prefix: string;
  /** What errors call the index. */
  readonly name: string;
  readonly limits?: Limits | undefined;
}

/** Reads the index of a bundle, whose sums are compared, and opens its files; no tensor is read. */
export async function openBundle(index: ByteSource, options: BundleOptions): Promise<Bundle> {
  const { name, limits } = options;
  if (index.size > mostIndexBytes)
    throw new FileError(name, `expected at most ${mostIndexBytes} bytes, received ${index.size}.`);
  const entries = new Map<string, BundleEntry>();
  let count: number | undefined;
  const bytes = await index.read(0, index.size);
  for (const { key, value } of tableEntries(bytes, name, new Budget(index.size, limits))) {
    if (count === undefined) {
      count = readHeader(key, value, name);
      continue;
    }
    const text = new TextDecoder().decode(key);
    if (entries.has(text)) throw new FileError(name, `expected a key once, received ${quote(text)} twice.`);
    entries.set(text, readBundleEntry(value, `${name}: ${quote(text)}`));
  }
  if (count === undefined)
    throw new FileError(name, "expected the header of a bundle, received an empty table.");
  return bundleOf(entries, await openShards(options, count), index.size, options);
}

function bundleOf(
  entries: ReadonlyMap<string, BundleEntry>,
  shards: readonly Shard[],
  indexSize: number,
  { name, limits }: BundleOptions,
): Bundle {
  const size = shards.reduce((sum, { source }) => sum + source.size, indexSize);
  const budget = new Budget(size, limits);
  const made = (key: string, entry: BundleEntry): BundleTensor => {
    const shard = shards[entry.shard];
    if (shard) return new BundleTensor(key, entry, shard.source, `${shard.file}: ${quote(key)}`);
    const message = `expected a file below ${shards.length}, received ${entry.shard}.`;
    throw new FileError(`${name}: ${quote(key)}`, message);
  };
  return {
    keys: entries.keys(),
    budget,
    tensor(key) {
      const entry = entries.get(key);
      if (!entry) throw new FileError(name, `expected a tensor ${quote(key)}, received none.`);
      budget.declaredBytes.take(entry.size, `${name}: ${quote(key)}`);
      return made(key, entry);
    },
    async check() {
      for (const [key, entry] of entries) await made(key, entry).check();
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
    throw new FileError(name, `expected the number of files of tensors, received ${shards}.`);
  return shards;
}

interface Shard {
  readonly source: ByteSource;
  readonly file: string;
}

async function openShards({ beside, prefix, name }: BundleOptions, count: number): Promise<readonly Shard[]> {
  const five = (number: number) => String(number).padStart(5, "0");
  const shards: Shard[] = [];
  for (let i = 0; i < count; i++) {
    const file = `${prefix}.data-${five(i)}-of-${five(count)}`;
    shards.push({ source: await openBeside(beside, file, name), file });
  }
  return shards;
}
