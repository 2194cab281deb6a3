import { Budget } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";
import { type AttributeValue, readAttributes } from "./attributes.ts";
import { type Hdf5Dataset, isDataset, Kinds, linkedAt, readDataset } from "./dataset.ts";
import { isGroup, type Link, readLinks } from "./links.ts";
import { findMessage, type Message, messageType, readObjectHeader } from "./object-header.ts";
import type { Spot } from "./spot.ts";
import { type Steps, take } from "./steps.ts";
import { readSuperblock } from "./superblock.ts";

/** A folder of a file. */
export interface Hdf5Group {
  readonly kind: "group";
  /** `""` for the root, else from `/`. */
  readonly path: string;
  readonly attributes: ReadonlyMap<string, AttributeValue>;
  /** In order of creation where the file keeps it, else by name. */
  readonly children: ReadonlyMap<string, Hdf5Group | Hdf5Dataset>;
}

/** An open file: its table of contents. */
export interface Hdf5File {
  readonly root: Hdf5Group;
  /** The object at a path such as `/layers/dense/vars/0`. */
  get(path: string): Hdf5Group | Hdf5Dataset | undefined;
}

export interface OpenHdf5Options {
  /** What errors call the file. */
  readonly name?: string;
  /** Reads only what is on the way to this path or below it: little of a large file. */
  readonly within?: string;
  /** Whether checksums are compared; `false` to get what can be had out of a damaged file. */
  readonly checksums?: boolean;
  /** What it may ask for in all. Defaults to what its size gives; a file in another one takes from the budget of that. */
  readonly budget?: Budget;
  /** Awaited after each group or dataset where it gives a promise, with how many were read and how many are known of. */
  readonly onObject?: (done: number, known: number) => Promise<void> | undefined;
}

/** A group whose objects are being read. */
interface Visit {
  readonly spot: Spot;
  /** In the order of the group. */
  readonly links: readonly Link[];
  /** In the order of the file, so that neighbours are read together. */
  readonly inFile: readonly Link[];
  /** The same map as that of the children where both orders are one. */
  readonly read: Map<string, Hdf5Group | Hdf5Dataset>;
  readonly children: Map<string, Hdf5Group | Hdf5Dataset>;
  /** The characters of its path. */
  readonly pathLength: number;
}

/** Many times what models in models need; whatever is done with a path takes time for each of its characters. */
const longestPath = 16_384;

/**
 * Reads a file's table of contents. Links to elsewhere, external storage and virtual datasets are refused, and so is
 * whatever the file's size does not bear out.
 */
export async function openHdf5(source: ByteSource, options: OpenHdf5Options = {}): Promise<Hdf5File> {
  const { name = "HDF5", within = "", checksums = true, onObject } = options;
  const { budget = new Budget(source.size) } = options;
  const { spot, root: address } = await readSuperblock(source, name, checksums, budget);
  const wanted = within.replace(/^\/*(?=[^/])/, "/").replace(/\/+$/, "");
  const contents = new Contents(wanted);
  const { visits } = contents;
  let done = 1;
  spot.count(1);
  const root = await take(contents.readObject(spot, address, 0));
  if (root.kind === "dataset") throw spot.error("expected a group at the root, received a dataset.");
  await onObject?.(done, contents.known);
  for (let visit = visits.at(-1); visit; visit = visits.at(-1)) {
    const { links, inFile, read, children } = visit;
    const link = inFile[read.size];
    if (link) {
      const at = visit.spot.at(link.name);
      const object = take(contents.readObject(at, link.address, visit.pathLength + 1 + link.name.length));
      read.set(link.name, object instanceof Promise ? await object : object);
      const pause = onObject?.(++done, contents.known);
      if (pause) await pause;
      continue;
    }
    visits.pop();
    if (read === children) continue;
    for (const { name } of links) {
      const object = read.get(name);
      if (object) children.set(name, object);
    }
  }
  spot.file.globalHeap.clear(); // the texts of attributes, which were read
  return { root, get: (path) => objectAt(root, path) };
}

/** What was read of a file. A class, since the steps of a function inside another one are new to the engine each time. */
class Contents {
  /** The groups whose objects are being read, each in the one before. */
  readonly visits: Visit[] = [];
  /** How many objects are known of. */
  known = 1;
  readonly #wanted: string;
  readonly #groups = new Set<number>();
  readonly #datasets = new Map<number, Hdf5Dataset>();
  readonly #kinds = new Kinds();

  /** `wanted` is the path that is to be read, with what is below it; `""` for all. */
  constructor(wanted: string) {
    this.#wanted = wanted;
  }

  *readObject(at: Spot, where: number, pathLength: number): Steps<Hdf5Group | Hdf5Dataset> {
    if (pathLength > longestPath)
      throw at.error(`expected a path of at most ${longestPath} characters, received ${pathLength}.`);
    const known = this.#datasets.get(where);
    if (known) return linkedAt(at, known);
    const messages = yield* readObjectHeader(at, where);
    if (isDataset(messages)) {
      const dataset = yield* readDataset(at, messages, this.#kinds);
      this.#datasets.set(where, dataset);
      return dataset;
    }
    if (!isGroup(messages)) {
      const isDatatype = findMessage(messages, messageType.datatype) !== undefined;
      const received = isDatatype ? "a committed datatype" : "another kind of object";
      throw at.error(`expected a group or a dataset, received ${received}.`);
    }
    if (this.#groups.has(where))
      throw at.error("expected a group in one place, received one that is linked twice.");
    this.#groups.add(where);
    const attributes = yield* readAttributes(at, messages);
    const links =
      this.#wanted === "" ? yield* readLinks(at, messages) : yield* readWanted(at, messages, this.#wanted);
    const children = new Map<string, Hdf5Group | Hdf5Dataset>();
    const inFile = isInFileOrder(links) ? links : links.toSorted((a, b) => a.address - b.address);
    this.known += links.length;
    const read = inFile === links ? children : new Map<string, Hdf5Group | Hdf5Dataset>();
    this.visits.push({ spot: at, links, inFile, read, children, pathLength });
    return new Group(at, attributes, children);
  }
}

function isInFileOrder(links: readonly Link[]): boolean {
  for (let i = 1; i < links.length; i++) if (links[i]!.address < links[i - 1]!.address) return false;
  return true;
}

/** A group as a file has it; small, because a file may have hundreds of thousands. */
class Group implements Hdf5Group {
  readonly kind = "group";
  readonly attributes: ReadonlyMap<string, AttributeValue>;
  readonly children: ReadonlyMap<string, Hdf5Group | Hdf5Dataset>;
  readonly #spot: Spot;

  constructor(spot: Spot, attributes: Hdf5Group["attributes"], children: Hdf5Group["children"]) {
    this.#spot = spot;
    this.attributes = attributes;
    this.children = children;
  }

  get path(): string {
    return this.#spot.path;
  }
}

/** The links of a group that lead to a wanted path or lie below it. */
function* readWanted(at: Spot, messages: readonly Message[], wanted: string): Steps<Link[]> {
  const { path } = at;
  const only = wanted.startsWith(`${path}/`) ? wanted.slice(path.length + 1).split("/")[0] : undefined;
  const links = yield* readLinks(at, messages, only);
  return links.filter(({ name }) => isWanted(`${path}/${name}`, wanted));
}

function isWanted(path: string, wanted: string): boolean {
  return wanted === "" || `${wanted}/`.startsWith(`${path}/`) || path.startsWith(`${wanted}/`);
}

/** The object at a path in a group, such as `dense/kernel:0`. */
export function objectAt(root: Hdf5Group, path: string): Hdf5Group | Hdf5Dataset | undefined {
  let found: Hdf5Group | Hdf5Dataset | undefined = root;
  for (const name of path.split("/")) {
    if (name === "") continue;
    found = found?.kind === "group" ? found.children.get(name) : undefined;
  }
  return found;
}
