import type { LayerNote } from "./keras-metadata.ts";
import type { GraphNode } from "./object-graph.ts";
import type { Part, Parts } from "./parts.ts";

/** An object of a checkpoint, with the way to it as Keras's metadata names it: `root.layer-0`. */
export interface NodeAt {
  readonly id: number;
  readonly path: string;
}

/** What is inside the objects of a checkpoint. */
export class NodeParts {
  readonly #nodes: readonly GraphNode[];
  readonly #full: ReadonlySet<number>;
  readonly #notes: ReadonlyMap<string, LayerNote>;

  /** `notes` are those of layers by the ways to them, where there are any. */
  constructor(nodes: readonly GraphNode[], notes: ReadonlyMap<string, LayerNote>) {
    this.#nodes = nodes;
    this.#full = withVariables(nodes);
    this.#notes = notes;
  }

  /** Its own variables, and the objects in it that have some; lists count as what they hold. */
  of({ id, path: way }: NodeAt): Parts<GraphNode, NodeAt> {
    const variables = new Map<number, string[]>();
    const objects = new Map<number, string[]>();
    const lists = new Set<number>();
    const pending = childrenOf(this.#nodes[id], "");
    for (let next = pending.pop(); next; next = pending.pop()) {
      const { path, child } = next;
      const node = this.#nodes[child];
      if (!node || !this.#full.has(child)) continue;
      if (isWeight(node)) variables.set(child, [...(variables.get(child) ?? []), path]);
      else if (!isList(node)) objects.set(child, [...(objects.get(child) ?? []), path]);
      else if (!lists.has(child)) {
        lists.add(child);
        for (const inner of childrenOf(node, `${path}/`)) pending.push(inner);
      }
    }
    return {
      variables: [...variables].flatMap(([child, paths]) => this.#variable(child, paths)),
      objects: [...objects].map(([child, paths]) => this.#object(child, paths, way)),
    };
  }

  #variable(id: number, paths: readonly string[]): Part<GraphNode>[] {
    const value = this.#nodes[id];
    return value ? [{ value, name: lastOf(value.variable?.name ?? ""), paths }] : [];
  }

  #object(id: number, paths: readonly string[], way: string): Part<NodeAt> {
    const ways = paths.map((path) => `${way}.${path.replaceAll("/", ".")}`);
    const named = ways.find((each) => this.#notes.has(each));
    const path = named ?? ways[0] ?? way;
    return { value: { id, path }, name: this.#notes.get(path)?.name ?? null, paths };
  }
}

/** The variables, and all objects through which there is a way to one. */
function withVariables(nodes: readonly GraphNode[]): ReadonlySet<number> {
  const holders = new Map<number, number[]>();
  for (const [id, node] of nodes.entries()) {
    for (const { child } of childrenOf(node, "")) {
      const known = holders.get(child);
      if (known) known.push(id);
      else holders.set(child, [id]);
    }
  }
  const pending = [...nodes.keys()].filter((id) => isWeight(nodes[id]));
  const full = new Set(pending);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const holder of holders.get(next) ?? []) {
      if (full.has(holder)) continue;
      full.add(holder);
      pending.push(holder);
    }
  }
  return full;
}

interface Child {
  readonly path: string;
  readonly child: number;
}

/** What an object holds, the first last; not what Keras notes beside the attributes that it had in Python. */
function childrenOf(node: GraphNode | undefined, path: string): Child[] {
  const found: Child[] = [];
  const isLearning = learning.some((name) => node?.children.has(name));
  for (const [name, child] of node?.children ?? []) {
    if (noted.has(name) || (isLearning && learned.has(name))) continue;
    found.push({ path: path + name, child });
  }
  return found.reverse();
}

/** By what a layer is known that learns, and what it keeps of terms and boundaries, which no layer has here, or keeps twice. */
const learning: readonly string[] = ["token_counts", "bin_boundaries", "state_variables"];
const learned: ReadonlySet<string> = new Set([
  ...["idf_weights", "num_documents", "summary"],
  // TensorFlow 2.5 and older have these, in a dict beside the attributes, too.
  ...["idf", "tf_idf_weights", "bins", "state_variables"],
]);

/** What Keras and TensorFlow add to an object's attributes, and where a generator of random numbers has its state. */
const noted: ReadonlySet<string> = new Set([
  "_state_var",
  "variables",
  "trainable_variables",
  "non_trainable_variables",
  "regularization_losses",
  "keras_api",
  "signatures",
  "optimizer",
  "root",
  "save_counter",
]);

/** Whether all that a node has are numbered. */
function isList({ children }: GraphNode): boolean {
  return children.size > 0 && [...children.keys()].every((name) => /^\d+$/.test(name));
}

/** Whether it is a variable, and not the state of random numbers, which Keras 2 counts among the weights. */
function isWeight(node: GraphNode | undefined): boolean {
  return node?.variable != null && !state.test(node.variable.name);
}

const state = /(?:^|\/)(?:StateVar|random_generator|seed_generator_state)$/;

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}
