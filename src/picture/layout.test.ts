import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layoutGraph } from "./layout.ts";
import type { GraphLayout, RankDirection } from "./layout-types.ts";
import type { GraphNode, ModelGraph } from "./model-graph.ts";

type Pair = readonly [from: number, to: number];

function node(id: string, more: Partial<GraphNode> = {}): GraphNode {
  return {
    id,
    name: id,
    className: "Dense",
    kind: "layer",
    parent: null,
    isOpen: false,
    isKnown: true,
    inputShape: null,
    outputShape: null,
    outputDtype: null,
    parameters: 0,
    trainable: null,
    activation: null,
    ...more,
  };
}

function graphOf(count: number, pairs: readonly Pair[], name = (i: number) => `n${i}`): ModelGraph {
  const edges = pairs.map(([from, to]) => ({
    from: name(from),
    to: name(to),
    output: 0,
    shape: null,
    dtype: null,
  }));
  const nodes = Array.from({ length: count }, (_, i) => node(name(i)));
  return { name: "m", className: "Functional", nodes, edges, outputs: [] };
}

const chain = (count: number): Pair[] => Array.from({ length: count - 1 }, (_, i) => [i, i + 1]);

/** Graphs without circles, and with some edges that close one. */
const graphs = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.array(fc.tuple(fc.nat(39), fc.nat(39)), { maxLength: 90 }))
  .map(([count, pairs]) => ({
    count,
    pairs: pairs.filter(([a, b]) => a < count && b < count),
  }));

function overlaps({ boxes }: GraphLayout): string[] {
  const found: string[] = [];
  for (const [i, a] of boxes.entries()) {
    for (const b of boxes.slice(i + 1)) {
      const apart =
        a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
      if (!apart) found.push(`${a.id} ${b.id}`);
    }
  }
  return found;
}

describe("a layout", () => {
  it("lets no boxes overlap, keeps all inside, and ends edges at their boxes", () => {
    fc.assert(
      fc.property(
        graphs,
        fc.constantFrom<RankDirection>("TB", "LR", "BT", "RL"),
        ({ count, pairs }, rankdir) => {
          const graph = graphOf(count, pairs);
          const layout = layoutGraph(graph, { rankdir, labelOf: () => ({ width: 60, height: 20 }) });
          expect(overlaps(layout)).toEqual([]);
          expect(layout.boxes).toHaveLength(count);
          const boxOf = new Map(layout.boxes.map((box) => [box.id, box]));
          const touches = (id: string, x: number, y: number) => {
            const { x: left, y: top, width, height } = boxOf.get(id)!;
            return x >= left && x <= left + width && y >= top && y <= top + height;
          };
          for (const [i, { from, to }] of graph.edges.entries()) {
            const route = layout.routes[i]!;
            expect(touches(from, route[0]!, route[1]!)).toBe(true);
            expect(touches(to, route.at(-2)!, route.at(-1)!)).toBe(true);
            for (let k = 0; k < route.length; k += 2) {
              expect(route[k]).toBeGreaterThanOrEqual(0);
              expect(route[k]).toBeLessThanOrEqual(layout.width);
              expect(route[k + 1]).toBeGreaterThanOrEqual(0);
              expect(route[k + 1]).toBeLessThanOrEqual(layout.height);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("leads edges from one layer to a later one", () => {
    fc.assert(
      fc.property(graphs, ({ count, pairs }) => {
        const forward = pairs.filter(([a, b]) => a < b);
        const graph = graphOf(count, forward);
        const boxOf = new Map(layoutGraph(graph).boxes.map((box) => [box.id, box]));
        for (const { from, to } of graph.edges) {
          const [above, below] = [boxOf.get(from)!, boxOf.get(to)!];
          expect(above.y + above.height).toBeLessThan(below.y);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("lets edges pass no box but those they belong to", () => {
    fc.assert(
      fc.property(graphs, ({ count, pairs }) => {
        const graph = graphOf(
          count,
          pairs.filter(([a, b]) => a < b),
        );
        const { boxes, routes } = layoutGraph(graph);
        for (const [i, { from, to }] of graph.edges.entries()) {
          const route = routes[i]!;
          for (let k = 2; k < route.length; k += 2) {
            const [x, y, toX, toY] = route.slice(k - 2, k + 2) as [number, number, number, number];
            if (x !== toX) continue;
            const hit = boxes.find(
              (box) =>
                box.id !== from &&
                box.id !== to &&
                x > box.x &&
                x < box.x + box.width &&
                Math.max(y, box.y) < Math.min(toY, box.y + box.height),
            );
            expect(hit).toBeUndefined();
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it("stays as it was where a node is added to a layout that is kept to", () => {
    const edits = fc.tuple(graphs, fc.array(fc.nat(39), { minLength: 1, maxLength: 3 }), fc.boolean());
    fc.assert(
      fc.property(edits, ([{ count, pairs }, touched, isSource]) => {
        const forward = pairs.filter(([a, b]) => a < b);
        const before = layoutGraph(graphOf(count, forward));
        const added = touched.map((other): Pair => {
          const known = other % count;
          return isSource ? [count, known] : [known, count];
        });
        const after = layoutGraph(graphOf(count + 1, [...forward, ...added]), { previous: before });
        const old = new Map(before.boxes.map((box) => [box.id, box]));
        const kept = after.boxes.filter(({ id }) => old.has(id));
        for (const [i, a] of kept.entries()) {
          for (const b of kept.slice(i + 1)) {
            const [one, other] = [old.get(a.id)!, old.get(b.id)!];
            // Those that stood side by side, and do so still, in the same order.
            if (one.y !== other.y || a.y !== b.y) continue;
            expect(Math.sign(a.x - b.x)).toBe(Math.sign(one.x - other.x));
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it("keeps a chain straight, with an edge around it", () => {
    const { boxes, routes } = layoutGraph(graphOf(6, [...chain(6), [1, 4]]));
    expect(new Set(boxes.map(({ x }) => x)).size).toBe(1);
    const around = routes.at(-1)!;
    expect(Math.max(...around.filter((_, i) => i % 2 === 0))).toBeGreaterThan(boxes[0]!.x + boxes[0]!.width);
  });

  it("puts long edges beside everything, the shorter inside the longer", () => {
    const count = 60;
    const { boxes, routes } = layoutGraph(graphOf(count, [...chain(count), [0, 59], [10, 40], [20, 38]]));
    const rightmost = routes.slice(-3).map((route) => Math.max(...route.filter((_, i) => i % 2 === 0)));
    const edge = boxes[0]!.x + boxes[0]!.width;
    expect(rightmost[2]).toBeGreaterThan(edge);
    expect(rightmost[1]).toBeGreaterThan(rightmost[2]!);
    expect(rightmost[0]).toBeGreaterThan(rightmost[1]!);
  });

  it("shares tracks beside everything", () => {
    const count = 400;
    const jumps = Array.from({ length: 19 }, (_, i): Pair => [i * 20, i * 20 + 18]);
    const { width } = layoutGraph(graphOf(count, [...chain(count), ...jumps]));
    expect(width).toBeLessThan(200);
  });

  it("undoes crossings", () => {
    // Two columns whose second row is listed the wrong way around.
    const { boxes } = layoutGraph(
      graphOf(4, [
        [0, 3],
        [1, 2],
      ]),
    );
    const [a, b, c, d] = boxes.map(({ x }) => x) as [number, number, number, number];
    expect(a < b).toBe(d < c);
  });

  it("puts a late input where it is needed", () => {
    const { boxes } = layoutGraph(graphOf(6, [...chain(5), [5, 4]]));
    expect(boxes[5]!.y).toBe(boxes[3]!.y);
  });

  it("draws a circle, a loop and nothing at all", () => {
    const pairs: Pair[] = [
      [0, 1],
      [1, 0],
      [1, 1],
    ];
    const { boxes, routes } = layoutGraph(graphOf(2, pairs));
    expect(boxes[0]!.y).toBeLessThan(boxes[1]!.y);
    expect(routes[1]!.at(-1)).toBeLessThan(routes[1]![1]!);
    expect(routes[2]).toHaveLength(8);
    expect(layoutGraph(graphOf(0, []))).toMatchObject({ boxes: [], routes: [], width: 32, height: 32 });
  });

  it("draws open models as boxes around their layers, and lets edges in and out", () => {
    const inner = (id: string) => node(`m/${id}`, { parent: "m" });
    const edge = (from: string, to: string) => ({ from, to, output: 0, shape: null, dtype: null });
    const graph: ModelGraph = {
      ...graphOf(0, []),
      nodes: [node("a"), node("m", { isOpen: true, kind: "model" }), node("b"), inner("x"), inner("y")],
      edges: [edge("m/x", "m/y"), edge("a", "m/x"), edge("m/y", "b"), edge("a", "b")],
      outputs: [{ node: "b", output: 0, shape: [null], dtype: "float32" }],
    };
    const { boxes, routes } = layoutGraph(graph);
    const [a, m, b, x, y] = boxes as [Box, Box, Box, Box, Box];
    for (const within of [x, y]) {
      expect(within.x).toBeGreaterThan(m.x);
      expect(within.y).toBeGreaterThan(m.y);
      expect(within.x + within.width).toBeLessThan(m.x + m.width);
      expect(within.y + within.height).toBeLessThan(m.y + m.height);
    }
    expect(a.y + a.height).toBeLessThan(m.y);
    expect(m.y + m.height).toBeLessThan(b.y);
    expect(routes[1]!.slice(-2)).toEqual([x.x + x.width / 2, x.y]);
    expect(routes[2]!.slice(0, 2)).toEqual([y.x + y.width / 2, y.y + y.height]);
    expect(routes).toHaveLength(5);
  });

  it("is the same each time", () => {
    fc.assert(
      fc.property(graphs, ({ count, pairs }) => {
        const graph = graphOf(count, pairs);
        expect(layoutGraph(graph)).toEqual(layoutGraph(graph));
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    [{ rankdir: "DOWN" }, 'layoutGraph: expected rankdir to be one of TB, LR, BT, RL, received "DOWN".'],
    [{ rankDir: 1 }, 'layoutGraph: unknown option "rankDir". Did you mean "rankdir"?'],
  ])("refuses %j", (options, message) => {
    expect(() => layoutGraph(graphOf(1, []), options as object)).toThrow(message);
  });
});

type Box = GraphLayout["boxes"][number];
