import type { ByteSource } from "../byte-source.ts";
import { type AttributeValue, readAttributes } from "./attributes.ts";
import { type Hdf5Dataset, isDataset, readDataset } from "./dataset.ts";
import { isGroup, readLinks } from "./links.ts";
import { type Message, readObjectHeader } from "./object-header.ts";
import type { Spot } from "./spot.ts";
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
}

interface Pending {
  readonly spot: Spot;
  readonly messages: readonly Message[];
  readonly children: Map<string, Hdf5Group | Hdf5Dataset>;
}

/**
 * Reads a file's table of contents. Links to elsewhere, external storage and virtual datasets are refused, and so is
 * whatever the file's size does not bear out.
 */
export async function openHdf5(source: ByteSource, options: OpenHdf5Options = {}): Promise<Hdf5File> {
  const { name = "HDF5", within = "", checksums = true } = options;
  const { spot, root: address } = await readSuperblock(source, name, checksums);
  const wanted = within.replace(/^\/*(?=[^/])/, "/").replace(/\/+$/, "");
  const pending: Pending[] = [];
  const groups = new Set<number>();

  const readObject = async (at: Spot, where: number): Promise<Hdf5Group | Hdf5Dataset> => {
    const messages = await readObjectHeader(at, where);
    if (isDataset(messages)) return readDataset(at, messages);
    if (!isGroup(messages)) throw at.error("expected a group or a dataset, received another kind of object.");
    if (groups.has(where))
      throw at.error("expected a group in one place, received one that is linked twice.");
    groups.add(where);
    const children = new Map<string, Hdf5Group | Hdf5Dataset>();
    pending.push({ spot: at, messages, children });
    return { kind: "group", path: at.path, attributes: await readAttributes(at, messages), children };
  };

  const root = await readObject(spot, address);
  if (root.kind === "dataset") throw spot.error("expected a group at the root, received a dataset.");
  for (let group = pending.pop(); group; group = pending.pop()) {
    const { path } = group.spot;
    const only = wanted.startsWith(`${path}/`) ? wanted.slice(path.length + 1).split("/")[0] : undefined;
    for (const link of await readLinks(group.spot, group.messages, only)) {
      const at = group.spot.at(`${path}/${link.name}`);
      if (!isWanted(at.path, wanted)) continue;
      group.children.set(link.name, await readObject(at, link.address));
    }
  }
  return { root, get: (path) => find(root, path) };
}

function isWanted(path: string, wanted: string): boolean {
  return wanted === "" || `${wanted}/`.startsWith(`${path}/`) || path.startsWith(`${wanted}/`);
}

function find(root: Hdf5Group, path: string): Hdf5Group | Hdf5Dataset | undefined {
  let found: Hdf5Group | Hdf5Dataset | undefined = root;
  for (const name of path.split("/")) {
    if (name === "") continue;
    found = found?.kind === "group" ? found.children.get(name) : undefined;
  }
  return found;
}
