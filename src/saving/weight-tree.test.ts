import { describe, expect, it } from "vitest";
import { Input } from "../layers/core/input-layer.ts";
import { Layer } from "../layers/layer.ts";
import { Model } from "../models/model.ts";
import { Sequential } from "../models/sequential.ts";
import { KeptState } from "../program/kept-state.ts";
import { Project, stack, twoLayers } from "./layers.fixture.ts";
import { walkWeights } from "./weight-tree.ts";

const project = () => new Project({ units: 2 });

class Custom extends Model {
  [property: string]: unknown;
}

/** A model with these properties. */
function custom(properties: Readonly<Record<string, unknown>>): Custom {
  return Object.assign(new Custom({ name: "custom" }), properties);
}

class Holder extends Layer {
  [property: string]: unknown;
}

function holder(properties: Readonly<Record<string, unknown>>): Holder {
  return Object.assign(new Holder(), properties);
}

function paths(root: Layer): string[] {
  return Array.from(walkWeights(root), ({ path }) => path);
}

describe("where a file has the weights of a model's layers", () => {
  it("a Functional's layers are named by class and counted, with its inputs", () => {
    expect(paths(twoLayers())).toEqual(["", "/layers/input_layer", "/layers/project", "/layers/project_1"]);
  });

  it("a Sequential's without its input", () => {
    expect(paths(stack(3))).toEqual(["", "/layers/project", "/layers/project_1", "/layers/project_2"]);
  });

  it("models inside models", () => {
    const inner = new Sequential([Input({ shape: [1] }), new Project({ units: 1 })]);
    expect(paths(new Sequential([Input({ shape: [1] }), inner, twoLayersOfOne()]))).toEqual([
      "",
      "/layers/sequential",
      "/layers/sequential/layers/project",
      "/layers/sequential_1",
      "/layers/sequential_1/layers/project",
      "/layers/sequential_1/layers/project_1",
    ]);
  });

  it("owners of variables that are no layers, where files have theirs", () => {
    const owner = (isSaved: boolean) =>
      new (class MeanMetric {
        static readonly className = "MeanMetric";
        readonly name = "mean";
        readonly ownVariables = [];
        readonly isSaved = isSaved;
      })();
    const metrics = [owner(true), owner(true)];
    const inner = holder({ total: owner(true), seeds: owner(false) });
    expect(paths(custom({ metrics, inner }))).toEqual([
      "",
      "/inner",
      "/inner/total",
      "/metrics/mean_metric",
      "/metrics/mean_metric_1",
    ]);
  });

  it("a property that sorts before `layers` has its layer, one behind it has none", () => {
    const first = project();
    const last = project();
    expect(paths(custom({ zlast: last, afirst: first }))).toEqual(["", "/afirst", "/layers/project"]);
  });

  it("of a subclass of Sequential `layers` comes first", () => {
    class Stack extends Sequential {
      [property: string]: unknown;
    }
    const layer = new Project({ units: 1 });
    const model = Object.assign(new Stack([Input({ shape: [1] }), layer]), { a: layer, b: project() });
    expect(paths(model)).toEqual(["", "/layers/project", "/b"]);
  });

  it.each<[what: string, properties: Record<string, unknown>, expected: string[]]>([
    ["by name", { b: project(), a: project(), B: project() }, ["/B", "/a", "/b"]],
    ["private ones last", { _a: project(), z: project() }, ["/z", "/_a"]],
    ["not with two underscores", { __a: project() }, []],
    [
      "lists",
      { cells: [project(), holder({}), project()] },
      ["/cells/project", "/cells/holder", "/cells/project_1"],
    ],
    [
      "dicts, by their order",
      { parts: { z: project(), a: holder({}) } },
      ["/parts/project", "/parts/holder"],
    ],
    ["sets", { parts: new Set([project()]) }, ["/parts/project"]],
    [
      "lists in lists",
      { a: [[project()], project(), [[project()]]] },
      ["/a/container/project", "/a/project", "/a/container_1/container/project"],
    ],
    ["other values", { a: 1, b: null, c: "x", d: new Map([["a", project()]]), e: () => project() }, []],
  ])("properties: %s", (_, properties, expected) => {
    expect(paths(holder(properties))).toEqual(["", ...expected]);
  });

  it("says which list in a list a layer is in", () => {
    const found = walkWeights(holder({ a: [project(), [holder({ b: [[project()]] })]] }));
    expect(Array.from(found, ({ container }) => container)).toEqual([
      null,
      null,
      "/a/container",
      "/a/container",
    ]);
  });

  it("each layer once, wherever it is again", () => {
    const layer = project();
    expect(paths(holder({ a: layer, b: [layer, layer], c: { d: layer } }))).toEqual(["", "/a"]);
  });

  it("a name in a list is used up by a layer that was saved elsewhere", () => {
    const layer = project();
    expect(paths(holder({ a: layer, b: [layer, project()] }))).toEqual(["", "/a", "/b/project_1"]);
  });

  it("containers and layers that contain themselves", () => {
    const list: unknown[] = [project()];
    list.push(list);
    const layer = holder({ list });
    layer.self = layer;
    expect(paths(layer)).toEqual(["", "/list/project"]);
  });

  it("a layer without code is named by its config, and not entered", () => {
    const opaque = holder({ keptState: new KeptState(new Map()), keptClassName: "TheirLayer", a: project() });
    expect(paths(holder({ list: [opaque] }))).toEqual(["", "/list/their_layer"]);
  });

  it("100,000 layers in a row and 20,000 in each other", () => {
    const many = Array.from({ length: 100_000 }, () => new Holder({ name: "x" }));
    expect(paths(holder({ many })).at(-1)).toBe("/many/holder_99999");
    let deep = holder({});
    for (let i = 0; i < 20_000; i++) deep = holder({ a: deep });
    let count = 0;
    for (const _ of walkWeights(deep)) count++;
    expect(count).toBe(20_001);
  });

  it("a layer met again is given again where asked, with its new path", () => {
    const layer = project();
    const found = [...walkWeights(holder({ a: layer, b: layer }), (_, path) => path === "/b")];
    expect(found.map(({ path }) => path)).toEqual(["", "/a", "/b"]);
  });
});

function twoLayersOfOne(): Sequential {
  return new Sequential([Input({ shape: [1] }), new Project({ units: 1 }), new Project({ units: 1 })]);
}
