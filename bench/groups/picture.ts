import type { ModelGraph } from "../../src/picture/index.ts";
import { interleave } from "../measure.ts";
import { picture } from "../package.ts";
import { atMost, type Group } from "../row.ts";

/** Layouts of graphs that grow in the ways networks do; what a budget has none is drawn by nobody in that size. */
export const measure: Group = async ({ quick }) => {
  const { drawGraph, layoutGraph } = picture;
  const residual = graph(20_000, (i) => (i % 3 === 0 ? [i + 1, i + 3] : [i + 1]));
  const dense = graph(2000, (i) => Array.from({ length: 32 - (i % 32) }, (_, k) => i + 1 + k));
  const sliding = graph(2000, (i) => Array.from({ length: 31 }, (_, k) => i + 1 + k));
  const u = graph(20_000, (i) => (i < 9999 ? [i + 1, 19_999 - i] : [i + 1]));
  const times = await interleave(
    {
      residual: () => layoutGraph(residual),
      dense: () => layoutGraph(dense),
      sliding: () => layoutGraph(sliding),
      u: () => layoutGraph(u),
      svg: () => drawGraph(residual, { show_shapes: true, show_layer_names: true }),
    },
    { rounds: quick ? 1 : 5, warmup: 1 },
  );
  const row = (name: string, ours: number | null, limit: number) => ({
    name,
    unit: "ms" as const,
    ours: ours!,
    others: [],
    budget: atMost(ours!, limit, "ms"),
  });
  return [
    row("layout: 20,000 layers with residual edges", times.residual, 1000),
    row("layout: 2,000 layers in dense blocks of 32", times.dense, 1000),
    row("layout: 2,000 layers, each to the next 31", times.sliding, 1000),
    row("layout: 20,000 layers in a U", times.u, 1000),
    row("picture (SVG) of 20,000 layers with residual edges", times.svg, 2000),
  ];
};

function graph(count: number, targets: (i: number) => readonly number[]): ModelGraph {
  const nodes = Array.from({ length: count }, (_, i) => ({
    id: `layer_${i}`,
    name: `layer_${i}`,
    className: "Dense",
    kind: "layer" as const,
    parent: null,
    isOpen: false,
    isKnown: true,
    inputShape: null,
    outputShape: null,
    outputDtype: null,
    parameters: 20,
    trainable: true,
    activation: "relu",
  }));
  const edges = nodes.flatMap(({ id: from }, i) =>
    targets(i)
      .filter((target) => target < count)
      .map((target) => ({
        from,
        to: `layer_${target}`,
        output: 0,
        shape: [null, 4],
        dtype: "float32" as const,
      })),
  );
  return { name: "model", className: "Functional", nodes, edges, outputs: [] };
}
