import type { GraphNode, ModelGraph } from "./model-graph.ts";

/** What is drawn in one box: the whole picture, or a model with its layers. */
export interface Container {
  readonly id: string | null;
  readonly items: Item[];
  /** The place of an item in the list, by its key. */
  readonly placeOf: Map<string, number>;
  readonly pieces: Piece[];
}

/** A node, the end of an output, or where an edge comes in or goes out. */
export interface Item {
  readonly node: GraphNode | null;
  readonly kind: "node" | "output" | "in" | "out";
}

/** The part of an edge that runs in one container. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  /** Where it comes from inside of the open model `from`: the key of its way out. */
  readonly fromPort: string | null;
  readonly toPort: string | null;
  /** Which output of the node `from` it is; null where that is not its origin. */
  readonly output: number | null;
}

/** One part of an edge's way: a container, and the number of its piece there. */
export interface Part {
  readonly container: Container;
  readonly piece: number;
}

export interface Containers {
  /** Outer ones before those inside them. */
  readonly all: readonly Container[];
  /** The way of each edge, and then of each output, from its origin on. */
  readonly ways: readonly (readonly Part[])[];
}

/** Cuts a graph into what is drawn in each box: edges that go through a border get a way through it. */
export function makeContainers(graph: ModelGraph): Containers {
  const byId = new Map<string | null, Container>([[null, emptyContainer(null)]]);
  const parentOf = new Map<string, string | null>();
  for (const node of graph.nodes) {
    parentOf.set(node.id, node.parent);
    if (node.isOpen) byId.set(node.id, emptyContainer(node.id));
    put(byId.get(node.parent) as Container, node.id, { node, kind: "node" });
  }
  const top = byId.get(null) as Container;
  const ends = graph.edges.map(({ from, output, to }) => ({ from, output, to }));
  for (const [i, { node, output }] of graph.outputs.entries()) {
    const to = `\n${i}`;
    put(top, to, { node: null, kind: "output" });
    parentOf.set(to, null);
    ends.push({ from: node, output, to });
  }
  const ways = ends.map(({ from, output, to }) => wayOf(byId, parentOf, from, to, output));
  for (const container of byId.values()) addOrder(container);
  return { all: [...byId.values()], ways };
}

function emptyContainer(id: string | null): Container {
  return { id, items: [], placeOf: new Map(), pieces: [] };
}

function put(container: Container, key: string, item: Item): number {
  const known = container.placeOf.get(key);
  if (known !== undefined) return known;
  container.placeOf.set(key, container.items.length);
  return container.items.push(item) - 1;
}

/** Out of the models around the origin, across what both are in, into the models around the target. */
function wayOf(
  byId: ReadonlyMap<string | null, Container>,
  parentOf: ReadonlyMap<string, string | null>,
  from: string,
  to: string,
  output: number,
): Part[] {
  const around = (id: string) => {
    const found: (string | null)[] = [];
    for (let at: string | null = id; at !== null; ) {
      at = parentOf.get(at) ?? null;
      found.push(at);
    }
    return found;
  };
  if (parentOf.get(from) === parentOf.get(to)) {
    const container = byId.get(parentOf.get(from) as string | null) as Container;
    const { placeOf, pieces } = container;
    const ends = { from: placeOf.get(from) as number, to: placeOf.get(to) as number };
    return [{ container, piece: pieces.push({ ...ends, fromPort: null, toPort: null, output }) - 1 }];
  }
  const port = `out\n${from}\n${output}`;
  const outer = around(from);
  const inner = around(to);
  const common = outer.find((id) => inner.includes(id)) ?? null;
  const way: Part[] = [];
  const add = (id: string | null, piece: Piece) => {
    const container = byId.get(id) as Container;
    way.push({ container, piece: container.pieces.push(piece) - 1 });
  };
  const placeIn = (id: string | null, key: string) => (byId.get(id) as Container).placeOf.get(key) as number;
  let [at, fromPort] = [from, null as string | null];
  for (const id of outer.slice(0, outer.indexOf(common))) {
    const gate = put(byId.get(id) as Container, port, { node: null, kind: "out" });
    add(id, { from: placeIn(id, at), to: gate, fromPort, toPort: null, output: fromPort ? null : output });
    [at, fromPort] = [id as string, port];
  }
  const inside = inner.slice(0, inner.indexOf(common)).reverse() as string[];
  const gateTo = `in\n${to}`;
  const first = inside[0] ?? to;
  const toPort = inside.length > 0 ? gateTo : null;
  const ends = { from: placeIn(common, at), to: placeIn(common, first) };
  add(common, { ...ends, fromPort, toPort, output: fromPort ? null : output });
  for (const [i, id] of inside.entries()) {
    const gate = put(byId.get(id) as Container, gateTo, { node: null, kind: "in" });
    const next = inside[i + 1];
    const [target, port] = next === undefined ? [to, null] : [next, gateTo];
    add(id, { from: gate, to: placeIn(id, target), fromPort: null, toPort: port, output: null });
  }
  return way;
}

/** What nothing connects, as the layers of a model whose calls are in its code, stands one below the other. */
function addOrder({ items, pieces }: Container): void {
  if (pieces.length > 0) return;
  for (let i = 1; i < items.length; i++)
    pieces.push({ from: i - 1, to: i, fromPort: null, toPort: null, output: null });
}
