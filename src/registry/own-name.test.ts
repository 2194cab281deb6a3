import { describe, expect, it } from "vitest";
import { MaxNorm } from "../constraints/index.ts";
import type { ConfigurableClass } from "../fields/configurable.ts";
import { Functional, Input, modelFromJson, Sequential } from "../index.ts";
import { GlorotUniform, Zeros } from "../initializers/index.ts";
import { layer } from "../layers/define.ts";
import * as layers from "../layers/index.ts";
import { Conv2D, Dense, InputLayer, Layer, LSTM, SpatialDropout1D } from "../layers/index.ts";
import { Model } from "../models/model.ts";
import { L2 } from "../regularizers/index.ts";
import { serialize, serializeObject } from "./serialize.ts";

type LayerClass = ConfigurableClass & { new (options?: never): Layer };

const builtinLayers = Object.values<unknown>(layers).filter(
  (value): value is LayerClass =>
    typeof value === "function" && Object.prototype.isPrototypeOf.call(Layer, value),
);

/** The modules of layers that keras.applications have of their own, which Keras registers. */
const applications: Readonly<Record<string, string>> = {
  LayerScale: "keras.src.applications.convnext",
  StochasticDepth: "keras.src.applications.convnext",
  CustomScaleLayer: "keras.src.applications.inception_resnet_v2",
};

const names = ({ className, module, registeredName }: ConfigurableClass) => [
  className,
  module,
  registeredName,
];

describe("the name of a class", () => {
  it.each(builtinLayers.map((cls) => [cls.className, cls] as const))(
    "is Keras's for %s, and its own for a subclass",
    (_, cls) => {
      class Mine extends cls {}
      class Deeper extends Mine {}
      class Renamed extends cls {
        static override readonly className = "Other" as never;
      }
      const application = applications[cls.className];
      expect(cls.module).toBe(application ?? "keras.layers");
      expect(cls.registeredName).toBe(application === undefined ? null : cls.className);
      expect(names(Mine)).toEqual(["Mine", null, "Mine"]);
      expect(names(Deeper)).toEqual(["Deeper", null, "Deeper"]);
      expect(names(Renamed)).toEqual(["Other", null, "Other"]);
    },
  );

  it("covers all layers", () => {
    expect(builtinLayers.length).toBeGreaterThan(70);
  });

  it("is a subclass's own for models, and for layers of one's own", () => {
    class Scale extends layer("Scale", {}, { package: "mine" }) {}
    class Twice extends Scale {}
    class Net extends Model {}
    class Stack extends Sequential {}
    class Graph extends Functional {}
    expect(names(Scale)).toEqual(["Scale", null, "mine>Scale"]);
    expect(names(Twice)).toEqual(["Twice", null, "Twice"]);
    expect(names(Net)).toEqual(["Net", null, "Net"]);
    expect(names(Stack)).toEqual(["Stack", null, "Stack"]);
    expect(names(Graph)).toEqual(["Graph", null, "Graph"]);
  });

  it("is a subclass's own for initializers, regularizers and constraints", () => {
    class Nothing extends Zeros {}
    class Spread extends GlorotUniform {}
    class Strong extends L2 {}
    class Short extends MaxNorm {}
    expect([Nothing, Spread, Strong, Short].map(names)).toEqual(
      ["Nothing", "Spread", "Strong", "Short"].map((name) => [name, null, name]),
    );
    expect(serialize(new Strong({ l2: 0.5 }))).toEqual({
      module: null,
      class_name: "Strong",
      config: { l2: 0.5 },
      registered_name: "Strong",
    });
  });

  it("does not depend on what a class is called in a program without readable names", () => {
    const Minified = class extends layer("Scale", {}, { package: "mine" }) {};
    expect(names(Minified)).toEqual(["Scale", null, "mine>Scale"]);
  });
});

describe("a subclass of a layer of Keras", () => {
  class A extends Dense {}

  /** What Keras 3.6 gives for `class A(layers.Dense): pass` and `A(4, name="a")`. */
  const ofKeras = {
    module: null,
    class_name: "A",
    config: { ...new Dense({ units: 4, name: "a" }).getConfig() },
    registered_name: "A",
  };

  it("is written under its own name, as Keras writes it", () => {
    expect(serializeObject(new A({ units: 4, name: "a" }))).toEqual(ofKeras);
    expect(new A({ units: 4 }).name).toMatch(/^a(_\d+)?$/);
    const made = [
      new (class MyConv extends Conv2D {})({ filters: 2, kernel_size: 3 }),
      new (class MyLSTM extends LSTM {})({ units: 2 }),
      new (class MyDrop extends SpatialDropout1D {})({ rate: 0.5 }),
      new (class MyInput extends InputLayer {})({ shape: [3] }),
    ];
    expect(made.map((item) => serializeObject(item).class_name)).toEqual([
      "MyConv",
      "MyLSTM",
      "MyDrop",
      "MyInput",
    ]);
  });

  it("is read back with customObjects, and refused without", () => {
    const x = Input({ shape: [3] });
    const model = new Functional({ inputs: x, outputs: new A({ units: 4, name: "a" }).apply(x) });
    const again = modelFromJson(model.toJson(), { customObjects: { A } });
    expect(again.layers[1]).toBeInstanceOf(A);
    expect(again.toJson()).toBe(model.toJson());
    expect(() => modelFromJson(model.toJson())).toThrow(
      /layers\[1\]\.class_name: unknown custom class "A"\. Pass it in customObjects, or onUnknown to keep it as it is\.$/,
    );
  });
});
