import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { resetNames } from "../graph/naming.ts";
import { Input } from "../layers/core/input-layer.ts";
import { Add, Dense, Dropout, LSTM, Pipeline, SimpleRNN } from "../layers/index.ts";
import { Functional } from "../models/functional.ts";
import { Model } from "../models/model.ts";
import { Sequential } from "../models/sequential.ts";
import { add, relu } from "../ops/index.ts";
import { modelFromJson } from "../revive.ts";
import { loadModel } from "../saving/load.ts";
import { modelGraph } from "./graph-of.ts";
import type { ModelGraph } from "./model-graph.ts";
import { drawGraph, plotModel } from "./plot-model.ts";

/** An encoder that is called twice, an operation, a branch and two outputs. */
function example(): Functional {
  resetNames();
  const shared = new Sequential(
    [Input({ shape: [4], name: "pixels" }), new Dense({ units: 3, name: "code" })],
    {
      name: "encoder",
    },
  );
  const [left, right] = [Input({ shape: [4], name: "left" }), Input({ shape: [4], name: "right" })];
  const sum = add(shared.apply(left), shared.apply(right));
  const frozen = new Dense({ units: 1, activation: "sigmoid", name: "same" });
  const same = frozen.apply(sum);
  frozen.trainable = false;
  return new Functional({ inputs: [left, right], outputs: [same, relu(sum)], name: "twins" });
}

const idsOf = ({ nodes }: ModelGraph) => nodes.map(({ id }) => id);
const arrowsOf = ({ edges }: ModelGraph) => edges.map(({ from, to }) => `${from} > ${to}`);

describe("the graph of a model", () => {
  it("has layers, operations and models inside", () => {
    const graph = modelGraph(example());
    expect(graph).toMatchObject({ name: "twins", className: "Functional" });
    expect(graph.nodes.map(({ kind, className }) => `${kind} ${className}`)).toEqual([
      "input InputLayer",
      "input InputLayer",
      "model Sequential",
      "operation Add",
      "layer Dense",
      "operation Relu",
    ]);
    expect(arrowsOf(graph).sort()).toEqual([
      "add > relu",
      "add > same",
      "encoder > add",
      "left > encoder",
      "right > encoder",
    ]);
    expect(graph.nodes[4]).toEqual({
      id: "same",
      name: "same",
      className: "Dense",
      kind: "layer",
      parent: null,
      isOpen: false,
      isKnown: true,
      inputShape: [null, 3],
      outputShape: [null, 1],
      outputDtype: "float32",
      parameters: 4,
      trainable: false,
      activation: "sigmoid",
    });
    expect(graph.outputs).toEqual([
      { node: "same", output: 0, shape: [null, 1], dtype: "float32" },
      { node: "relu", output: 0, shape: [null, 3], dtype: "float32" },
    ]);
    expect(JSON.parse(JSON.stringify(graph))).toEqual(graph);
  });

  it("leads edges to the layers of models that are open", () => {
    const graph = modelGraph(example(), { expand_nested: true });
    expect(idsOf(graph)).toEqual([
      "left",
      "right",
      "encoder",
      "add",
      "same",
      "relu",
      "encoder/pixels",
      "encoder/code",
    ]);
    expect(graph.nodes[2]?.isOpen).toBe(true);
    expect(arrowsOf(graph).sort()).toEqual([
      "add > relu",
      "add > same",
      "encoder/code > add",
      "encoder/pixels > encoder/code",
      "left > encoder/pixels",
      "right > encoder/pixels",
    ]);
  });

  it("shows the layers of a range", () => {
    const graph = modelGraph(example(), { layer_range: ["enc", "same"] });
    expect(idsOf(graph)).toEqual(["encoder", "add", "same"]);
    expect(arrowsOf(graph)).toEqual(["encoder > add", "add > same"]);
  });

  it("tells the outputs of a layer apart", () => {
    const [, h, c] = new LSTM({ units: 2, return_state: true, name: "lstm" }).apply(
      Input({ shape: [3, 4] }),
    ) as unknown as [never, never, never];
    const y = new Add({ name: "sum" }).apply([h, c]);
    const { edges } = modelGraph(new Functional({ inputs: y.node!.inputs[0]!.node!.inputs[0]!, outputs: y }));
    expect(edges.filter(({ to }) => to === "sum").map(({ output }) => output)).toEqual([1, 2]);
  });

  it("shows a stack that is not built, in the order of its layers", () => {
    const graph = modelGraph(
      new Sequential([new Dense({ units: 2, name: "a" }), new Dropout({ rate: 0.5, name: "b" })]),
    );
    expect(arrowsOf(graph)).toEqual(["a > b"]);
    expect(graph.edges[0]).toMatchObject({ shape: null, dtype: null });
    expect(graph.nodes.map(({ parameters }) => parameters)).toEqual([null, 0]);
    expect(graph.outputs).toEqual([]);
  });

  it("shows the layers of a model whose calls are in its code", () => {
    class Own extends Model {
      readonly first = new Dense({ units: 2, name: "first" });
      readonly second = new Dense({ units: 2, name: "second" });
      override call(x: never) {
        return this.second.apply(this.first.apply(x));
      }
    }
    const graph = modelGraph(new Own());
    expect([idsOf(graph), graph.edges]).toEqual([["first", "second"], []]);
  });

  it("shows a layer that is called on its own output", () => {
    const cell = new SimpleRNN({ units: 3, return_sequences: true, name: "cell" });
    const x = Input({ shape: [5, 3], name: "x" });
    const graph = modelGraph(new Functional({ inputs: x, outputs: cell.apply(cell.apply(x)) }));
    expect(arrowsOf(graph)).toEqual(["x > cell", "cell > cell"]);
    expect(plotModel(new Functional({ inputs: x, outputs: cell.apply(cell.apply(x)) }))).toContain("<svg");
  });

  it("shows a layer that lists layers as one", () => {
    const layers = [new Dropout({ rate: 0.1 }), new Dropout({ rate: 0.2 })];
    const model = new Sequential([Input({ shape: [4], name: "x" }), new Pipeline({ layers, name: "both" })]);
    for (const expand_nested of [false, true])
      expect(modelGraph(model, { expand_nested }).nodes.map(({ id, kind }) => [id, kind])).toEqual([
        ["x", "input"],
        ["both", "layer"],
      ]);
  });

  it("shows layers of unknown classes", async () => {
    const model = await loadModel(readFileSync("golden/3.6/files/custom_layer.keras"), { onUnknown() {} });
    const graph = modelGraph(model);
    expect(graph.nodes.map(({ className, isKnown }) => [className, isKnown])).toContainEqual([
      "Scale",
      false,
    ]);
    expect(plotModel(model)).toContain('class="layer unknown"');
    expect(plotModel(model, { format: "dot" })).toContain('style="dashed"');
    expect(plotModel(model, { format: "mermaid" })).toContain('{{"Scale<br/>3"}}');
  });
});

describe("a picture", () => {
  const options = { show_shapes: true, show_layer_names: true, expand_nested: true } as const;

  it("is an SVG file, the same each time", () => {
    const svg = plotModel(example(), { ...options, show_layer_activations: true, show_trainable: true });
    expect(svg).toBe(
      plotModel(example(), { ...options, show_layer_activations: true, show_trainable: true }),
    );
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
    expect(svg).toContain("@media(prefers-color-scheme:dark)");
    expect(svg).toContain(">sigmoid · not trainable</text>");
    expect(svg).toContain(">(None, 4)</text>");
    expect(svg.match(/class="open/g)).toHaveLength(1);
    expect(svg.match(/class="edge"/g)).toHaveLength(8);
    expect(svg.match(/class="result"/g)).toHaveLength(2);
    expect(tagsOf(svg)).toEqual([]);
  });

  it("lets no name out of its text", () => {
    const nasty = `x"><script>alert(1)</script>&\u0001\u202e\ud800`;
    const graph = modelGraph(example());
    const nodes = graph.nodes.map((node) => ({ ...node, name: nasty, className: nasty, activation: nasty }));
    const changed: ModelGraph = { ...graph, name: nasty, className: nasty, nodes };
    for (const format of ["svg", "mermaid", "dot"] as const) {
      const text = drawGraph(changed, { format, show_layer_names: true, show_layer_activations: true });
      for (const bad of ["\u0001", "\u202e", "\ud800"]) expect(text).not.toContain(bad);
      if (format !== "dot") expect(text).not.toContain("<script");
      if (format === "svg") expect(tagsOf(text)).toEqual([]);
      if (format === "mermaid") expect(text).not.toContain('x"');
      if (format === "dot") expect(text).not.toMatch(/[^\\]"><script/);
    }
  });

  it("has the size that dpi says", () => {
    const [, width, height] = /width="([\d.]+)" height="([\d.]+)" viewBox/.exec(plotModel(example()))!;
    const twice = plotModel(example(), { dpi: 192 });
    expect(twice).toContain(
      `width="${2 * Number(width)}" height="${2 * Number(height)}" viewBox="0 0 ${width} ${height}"`,
    );
  });

  it("is a flowchart of Mermaid", () => {
    expect(plotModel(example(), { ...options, format: "mermaid", rankdir: "LR" })).toBe(`flowchart LR
  n0(["InputLayer<br/>left"])
  n1(["InputLayer<br/>right"])
  subgraph n2["Sequential<br/>encoder<br/>15"]
    n6(["InputLayer<br/>pixels"])
    n7["Dense<br/>code<br/>15"]
  end
  n3["Add<br/>add"]
  n4["Dense<br/>same<br/>4"]
  n5["Relu<br/>relu"]
  n0 -->|"(None, 4)"| n6
  n1 -->|"(None, 4)"| n6
  n7 -->|"(None, 3)"| n3
  n3 -->|"(None, 3)"| n4
  n3 -->|"(None, 3)"| n5
  n6 -->|"(None, 4)"| n7
`);
  });

  it("is a graph of Graphviz", () => {
    expect(
      plotModel(example(), { show_dtype: true, expand_nested: true, format: "dot", dpi: 200 }),
    ).toBe(`digraph "twins" {
  graph [rankdir=TB, compound=true, dpi=200];
  node [shape=box, style="rounded,filled", fillcolor=white, fontname=Helvetica];
  edge [fontname=Helvetica, fontsize=10];
  n0 [label="InputLayer"];
  n1 [label="InputLayer"];
  subgraph cluster_n2 {
    label="Sequential\\n15";
    n6 [label="InputLayer"];
    n7 [label="Dense\\n15"];
  }
  n3 [label="Add"];
  n4 [label="Dense\\n4"];
  n5 [label="Relu"];
  n0 -> n6 [label="float32"];
  n1 -> n6 [label="float32"];
  n7 -> n3 [label="float32"];
  n3 -> n4 [label="float32"];
  n3 -> n5 [label="float32"];
  n6 -> n7 [label="float32"];
}
`);
  });

  /** Models with others inside, which the picture has layers of, too. */
  const nested = /^(ConvNeXtTiny|Pipeline)\./;
  const flat = readdirSync("golden/3.6/applications").filter(
    (file) => file.endsWith(".gz") && !nested.test(file),
  );
  it.each(flat)("of %s", (file) => {
    const text = gunzipSync(readFileSync(`golden/3.6/applications/${file}`)).toString();
    const model = modelFromJson(text) as Functional;
    const svg = plotModel(model, options);
    expect(tagsOf(svg)).toEqual([]);
    expect(svg.match(/<g class=/g)).toHaveLength(model.operations.length);
  });

  it.each([
    [{ show_shape: true }, 'plotModel: unknown option "show_shape". Did you mean "show_shapes"?'],
    [{ to_file: "model.png" }, 'plotModel: unknown option "to_file".'],
    [{ format: "png" }, 'plotModel: expected format to be one of svg, mermaid, dot, received "png".'],
    [{ rankdir: "UP" }, 'plotModel: expected rankdir to be one of TB, LR, BT, RL, received "UP".'],
    [{ dpi: 0 }, "plotModel: expected dpi to be a positive number, received 0."],
    [
      { layer_range: ["a", "b"] },
      'plotModel: expected layer_range to name layers of the model, received "b", which none has.',
    ],
  ])("refuses %j", (given, message) => {
    expect(() => plotModel(example(), given as object)).toThrow(message);
  });
});

/** Tags that are not closed in the order they were opened. */
function tagsOf(svg: string): string[] {
  const open: string[] = [];
  for (const [, slash, name, end] of svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
    if (end) continue;
    if (!slash) open.push(name!);
    else if (open.at(-1) === name) open.pop();
    else open.push(`/${name}`);
  }
  return open;
}
