import { describe, expect, it } from "vitest";
import { Message } from "../../engines/onnx/protobuf.ts";
import { Budget } from "../budget.ts";
import { readObjectGraph } from "./object-graph.ts";

const read = (nodes: readonly Message[], objects = 100) => {
  const graph = new Message();
  for (const node of nodes) graph.message(1, node);
  return readObjectGraph(graph.finish(), "graph", new Budget(1, { objects }));
};
const child = (id: number, name: string) => new Message().int(1, id).string(2, name);
const kept = (kind: string) => new Message().string(1, kind).string(2, "dense/kernel").string(3, "key");

describe("a graph of objects", () => {
  it("has names of children, values of variables, tables and how many slots there are", () => {
    const root = new Message()
      .message(1, child(1, "kernel"))
      .message(3, new Message().int(1, 1).string(2, "m").int(3, 2));
    const variable = new Message().message(2, kept("VARIABLE_VALUE")).message(2, kept("table-keys"));
    expect(read([root, variable, new Message().message(2, kept("table"))])).toEqual([
      {
        children: new Map([["kernel", 1]]),
        variable: null,
        table: null,
        slots: [{ name: "m", of: 1, node: 2 }],
      },
      { children: new Map(), variable: { key: "key", name: "dense/kernel" }, table: null, slots: [] },
      { children: new Map(), variable: null, table: { keys: "key-keys", values: "key-values" }, slots: [] },
    ]);
    expect(read([])).toEqual([]);
  });

  it.each([2, -1, 2 ** 40])("is refused where a child is node %d of 2", (id) => {
    expect(() => read([new Message().message(1, child(id, "a")), new Message()])).toThrow(
      `graph: node 0: expected a node below 2, received ${id}.`,
    );
  });

  it("has no more nodes and children than its budget says", () => {
    const node = new Message();
    for (let i = 0; i < 20; i++) node.message(1, child(0, `${i}`));
    expect(() => read([node], 10)).toThrow(
      "graph: node 0: expected at most 10 groups, datasets, attributes or objects",
    );
    expect(() =>
      read(
        Array.from({ length: 20 }, () => new Message()),
        10,
      ),
    ).toThrow("graph: node 10: expected at most");
  });
});
