import { ConfigError } from "../../errors.ts";
import { checkOption, checkOptions, type OptionKind } from "../../json/check-options.ts";
import { inspect } from "../../json/inspect.ts";
import { checkModel } from "../../models/check-model.ts";
import type { Model } from "../../models/model.ts";
import { type ProgressOptions, Watch } from "../../progress.ts";
import { bytesPerElement } from "../../tensor/dtype.ts";
import { sizeOf } from "../../tensor/shape.ts";
import { checkedPlan, type TensorWork } from "../checked-plan.ts";
import { type Hdf5DatasetInput, type Hdf5GroupInput, isGroupInput } from "../hdf5/tree.ts";
import { weightGroups } from "../write-weights.ts";
import { shardName } from "./names.ts";

/** How weights are written into several files. */
export interface ShardOptions extends ProgressOptions {
  /** How many bytes of numbers a file may have, in GB of 2^30 bytes. Defaults to 5, as in Keras. */
  readonly maxShardSize?: number | null | undefined;
}

/** One of the files. */
export interface Shard {
  /** Its name in the folder of the index. */
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array> | Uint8Array;
}

const usualSize = 5;
const giga = 2 ** 30;
const aSize: OptionKind = [
  "a number of GB above 0",
  (given) => typeof given === "number" && given > 0 && !Number.isNaN(given),
];

/**
 * A model's weights as Keras 3.10 and later writes them with `max_shard_size`: HDF5 files in their order, then the index
 * that says in which of them the variables of each layer are. `name` is that of the index, `model.weights.json`. Source:
 * Keras 3.15 `saving/saving_lib.py`, `ShardedH5IOStore`.
 */
export async function* saveShards(model: Model, name: string, options: ShardOptions): AsyncGenerator<Shard> {
  checkModel("saveWeights", model);
  checkOptions("saveWeights", options, { maxShardSize: true, onProgress: true, signal: true });
  checkOption("saveWeights", options, "maxShardSize", aSize);
  const shards = cut(weightGroups(model), (options.maxShardSize ?? usualSize) * giga);
  const map = new Map<string, string[]>();
  const counts = new Map<string, number>();
  const plans = [];
  const work: TensorWork = { watch: new Watch(options), done: 0, total: 0 };
  for (const [i, shard] of shards.entries()) {
    const file = shardName(name, i);
    for (const [path, count] of shard.counts) {
      map.set(path, [...(map.get(path) ?? []), file]);
      counts.set(path, (counts.get(path) ?? 0) + count);
    }
    const plan = checkedPlan(shard.root, file, work);
    work.total! += plan.size;
    plans.push({ file, plan });
  }
  for (const { file, plan } of plans) yield { name: file, bytes: plan.chunks() };
  const index = {
    metadata: { total_size: shards.reduce((total, { size }) => total + size, 0) },
    // As Keras has it, that makes a list when a second variable comes.
    weight_map: Object.fromEntries(
      Array.from(map, ([path, files]) => [path, counts.get(path) === 1 ? files[0] : files]),
    ),
  };
  yield { name, bytes: new TextEncoder().encode(JSON.stringify(index, null, 4)) };
}

interface Group extends Hdf5GroupInput {
  readonly children: Map<string, Group | Hdf5DatasetInput>;
}

/** What goes into one file. */
interface Part {
  readonly root: Group;
  /** How many variables it has of which groups. */
  readonly counts: Map<string, number>;
  /** Bytes of numbers. */
  size: number;
}

/** A tree of groups in parts, the datasets in their order: a new part begins with the one that a part has no room for. */
function cut(root: Hdf5GroupInput, most: number): Part[] {
  const parts: Part[] = [newPart()];
  const inside: { readonly path: string; readonly node: Hdf5GroupInput | Hdf5DatasetInput }[] = [];
  const enter = (path: string, { children }: Hdf5GroupInput) => {
    const found = Array.from(children, ([name, node]) => ({ path: `${path}/${name}`, node }));
    for (const child of found.reverse()) inside.push(child);
  };
  const groups = new Map<string, Hdf5GroupInput>([["", root]]);
  enter("", root);
  for (let next = inside.pop(); next; next = inside.pop()) {
    const { path, node } = next;
    if (isGroupInput(node)) {
      groups.set(path, node);
      enter(path, node);
      continue;
    }
    const size = sizeOf(node.shape) * bytesPerElement(node.dtype);
    if (size > most)
      throw new ConfigError(
        "saveWeights.maxShardSize",
        `expected at least ${inspect(size / giga)} GB, which ${path} takes, received ${inspect(most / giga)}.`,
      );
    let part = parts.at(-1)!;
    if (part.size + size > most) {
      part = newPart();
      parts.push(part);
    }
    part.size += size;
    const at = path.slice(0, path.lastIndexOf("/"));
    part.counts.set(at, (part.counts.get(at) ?? 0) + 1);
    groupAt(part.root, at, groups).children.set(path.slice(at.length + 1), node);
  }
  return parts;
}

function newPart(): Part {
  return { root: { children: new Map() }, counts: new Map(), size: 0 };
}

/** The group of a part at a path, with the attributes of the whole one. */
function groupAt(root: Group, path: string, groups: ReadonlyMap<string, Hdf5GroupInput>): Group {
  let group = root;
  let at = "";
  for (const name of path.split("/").slice(1)) {
    at += `/${name}`;
    const known = group.children.get(name);
    if (known && "children" in known) group = known;
    else {
      const { attributes } = groups.get(at)!;
      const made: Group = { ...(attributes && { attributes }), children: new Map() };
      group.children.set(name, made);
      group = made;
    }
  }
  return group;
}
