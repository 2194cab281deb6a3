import { beforeAll, describe, expect, it } from "vitest";
import {
  Builds,
  Deep,
  Derived,
  Draws,
  Factor,
  Graphed,
  GraphOfOwn,
  Helped,
  Inherits,
  MakesGraph,
  Methods,
  Middle,
  MyDense,
  MyWrapper,
  Net,
  type Options,
  OwnWeight,
  Passes,
  Positional,
  Required,
  Round,
  Same,
  Stacked,
  Sure,
  Tree,
  Various,
  Whole,
  WithFields,
} from "../../test/own-classes.ts";
import { builtins } from "../builtins.ts";
import { useReference } from "../engines/reference/index.ts";
import { cloneModel, deserialize, Functional, Input, modelFromJson, serialize } from "../index.ts";
import type { JsonObject } from "../json/json.ts";
import { parsePythonJson } from "../json/parse.ts";
import { stringifyPythonJson } from "../json/stringify.ts";
import { Dense, type Layer } from "../layers/index.ts";
import { loadModel } from "../saving/load.ts";
import { toBytes } from "../saving/save-model.ts";
import { autoName } from "./naming.ts";

beforeAll(useReference);

/** An object made by a constructor with arguments, and what its config must have of them. */
type Known = readonly [what: string, make: () => Layer, own: JsonObject];

const known: readonly Known[] = [
  ["an option with a default", () => new Factor({ factor: 9 }), { factor: 9 }],
  ["the default", () => new Factor(), {}],
  ["the default, given", () => new Factor({ factor: 2 }), {}],
  ["an option of a model", () => new Net({ units: 7 }), { units: 7 }],
  ["an option of an object of options", () => new Whole({ factor: 9 }), { factor: 9 }],
  ["an option that must be given", () => new Required({ units: 3 }), { units: 3 }],
  ["an option that others are worked out from", () => new Derived({ units: 9 }), { units: 9 }],
  [
    "several options of several kinds",
    () => new Various({ sizes: [1, [2]], by: { a: { b: null } }, label: "", flag: false, none: null }),
    { sizes: [1, [2]], by: { a: { b: null } }, label: "", flag: false, none: null },
  ],
  ["some of several options", () => new Various({ label: "y" }), { label: "y" }],
  ["how many layers there are", () => new Deep({ depth: 3 }), { depth: 3 }],
  ["what a Sequential inside is made of", () => new Stacked({ units: 5 }), { units: 5 }],
  ["how a Functional inside is connected", () => new Graphed({ skips: true }), { skips: true }],
  ["a layer that changes when it is built and called", () => new Builds({ factor: 9 }), { factor: 9 }],
  ["what a build changes later", () => new Builds({ sizes: [[2], []] }), { sizes: [[2], []] }],
  ["the same without an argument", () => new Builds(), {}],
  ["a weight made at once", () => new OwnWeight({ stddev: 3 }), { stddev: 3 }],
  ["positions that fromConfig knows", () => new Positional(9), { factor: 9 }],
  ["options of two classes", () => new Middle({ factor: 5, middle: "n" }), { factor: 5, middle: "n" }],
  ["no constructor, the base has one", () => new Inherits({ middle: "n" }), { middle: "n" }],
  [
    "a constructor that passes on what it does not name",
    () => new (Passes as new (o: Options) => Passes)({ factor: 9 }),
    { factor: 9 },
  ],
  ["a subclass of a layer of Keras", () => new MyDense({ units: 3, factor: 9 }), { factor: 9 }],
  [
    "a subclass of Wrapper",
    () => new MyWrapper({ layer: new Factor({ factor: 4 }), times: 3 }),
    { times: 3 },
  ],
  ["an option beside fields", () => new WithFields({ rate: 0.25, factor: 9 }), { factor: 9 }],
  ["fields alone, and what is worked out from them", () => new Sure({ rate: 0.25 }), {}],
  ["a number drawn where none is given", () => new Draws({ seed: 7 }), { seed: 7 }],
  ["an object that contains itself", () => new Round({ factor: 9 }), { factor: 9 }],
  ["objects of other classes", () => new Helped({ size: 3 }), { size: 3 }],
  ["objects of the same class inside", () => new Tree({ depth: 3 }), { depth: 3 }],
  ["private methods", () => new Methods({ factor: 9 }), { factor: 9 }],
];

const registry = builtins.with({ Factor });

describe("what a constructor was given", () => {
  it.each(known)("is known: %s", (_, make, own) => {
    const untouched = make();
    const called = make();
    called.apply(Input({ shape: [3] }));
    const frozen = make();
    const passesTrainable = !(frozen instanceof Whole);
    frozen.trainable = false;
    for (const object of passesTrainable ? [untouched, called, frozen] : [untouched, called]) {
      const { constructor: cls } = object;
      const config = object.getConfig();
      expect(Object.keys(config)[0]).toBe("name");
      const names = Object.keys(cls.fields);
      expect(Object.fromEntries(Object.entries(config).filter(([key]) => !names.includes(key)))).toEqual(own);
      const again = cls.fromConfig(config);
      expect(again.getConfig()).toEqual({ ...config, name: again.name });
      const text = JSON.parse(JSON.stringify(config));
      expect(cls.fromConfig(text, { registry }).getConfig()).toEqual({ ...config, name: expect.any(String) });
    }
  });

  it("is behind the name, where Keras has it", () => {
    expect(Object.keys(new Factor({ factor: 9 }).getConfig())).toEqual([
      "name",
      "factor",
      "trainable",
      "dtype",
    ]);
  });

  it("is the config's own", () => {
    const sizes = [1, 2];
    const various = new Various({ sizes });
    (various.getConfig().sizes as number[]).push(3);
    expect(various.getConfig().sizes).toEqual([1, 2]);
    expect(sizes).toEqual([1, 2]);
  });

  it("stays through clones, texts and files", async () => {
    const x = Input({ shape: [3] });
    const outputs = new MyDense({ units: 2, factor: 7 }).apply(new Factor({ factor: 9 }).apply(x));
    const model = new Functional({ inputs: x, outputs });
    const customObjects = { Factor, MyDense };
    const file = await toBytes(model);
    const copies = [
      cloneModel(model),
      cloneModel(model, { cloneFunction: (one) => one.constructor.fromConfig(one.getConfig()) }),
      modelFromJson(model.toJson(), { customObjects }),
      await loadModel(file, { customObjects }),
      cloneModel(cloneModel(model)),
    ];
    for (const copy of copies) {
      expect(copy.layers.slice(1).map((one) => (one as unknown as Factor).factor)).toEqual([9, 7]);
      expect(copy.toJson()).toBe(model.toJson());
    }
    const net = new Net({ units: 7, name: "net" });
    const again = modelFromJson(net.toJson(), { customObjects: { Net } }) as unknown as Net;
    expect([cloneModel(net).units, cloneModel(net).name, again.units]).toEqual([7, "net", 7]);
  });

  it("is written as it was read, also where nobody could find it out", () => {
    class Hidden extends Same {
      #factor: number;
      constructor({ factor = 2, sizes: _, ...rest }: Options = {}) {
        super(rest);
        this.#factor = factor;
      }
      get factor(): number {
        return this.#factor;
      }
    }
    const text = (own: string, name = "h") =>
      `{"module": null, "class_name": "Hidden", "config": {"name": "${name}", ${own}"trainable": true, ` +
      '"dtype": {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}, ' +
      '"registered_name": null}}, "registered_name": "Hidden"}';
    for (const own of ['"factor": 9, ', '"factor": 9.0, ', '"factor": 2, "sizes": [1.0, {"a": 2.0}], ', ""]) {
      const options = { customObjects: { Hidden } };
      const read = deserialize(parsePythonJson(text(own)), options) as Hidden;
      expect(stringifyPythonJson(serialize(read))).toBe(text(own));
      const copy = read.constructor.fromConfig(read.getConfig()) as Hidden;
      expect(stringifyPythonJson(serialize(copy))).toBe(text(own));
      expect([copy.factor, read.factor]).toEqual(own.includes("9") ? [9, 9] : [2, 2]);
      read.name = "other";
      read.trainable = false;
      expect(read.getConfig()).toMatchObject({ name: "other", trainable: false });
    }
  });

  it("stays with a Functional of one's own, cloned on its graph", () => {
    const x = Input({ shape: [3] });
    const model = new GraphOfOwn({ inputs: x, outputs: new Dense({ units: 2 }).apply(x), factor: 9 });
    expect(model.getConfig()).toMatchObject({ factor: 9 });
    const copy = cloneModel(model, { cloneFunction: (one) => one.constructor.fromConfig(one.getConfig()) });
    expect([copy.constructor, copy.factor]).toEqual([GraphOfOwn, 9]);
    expect(GraphOfOwn.fromConfig(model.getConfig()).factor).toBe(9);
    const made = new MakesGraph({ units: 7 });
    expect(made.getConfig()).toMatchObject({ units: 7 });
    expect(MakesGraph.fromConfig(made.getConfig()).layers[1]).toMatchObject({ units: 7 });
  });
});

describe("the search for arguments", () => {
  it("uses up no name", () => {
    const models = [new Net({ units: 7 }), new Deep({ depth: 3 }), new Stacked({ units: 3 })];
    const next = () => Number(/\d+$/.exec(autoName("Dense"))?.[0]);
    const before = next();
    for (const model of models) model.getConfig();
    expect(next()).toBe(before + 1);
  });

  it("makes no object where the class says enough, and else as few as it needs", () => {
    let made = 0;
    class Counted extends Factor {
      constructor(options?: Options) {
        super(options);
        made++;
      }
    }
    class Without extends Same {
      readonly made = ++made;
    }
    const during = (action: () => unknown): number => {
      const before = made;
      action();
      return made - before;
    };
    const without = new Without();
    expect(during(() => without.getConfig())).toBe(0);
    const [plain, other, given] = [new Counted(), new Counted(), new Counted({ factor: 9 })];
    expect(during(() => plain.getConfig())).toBe(1);
    expect(during(() => [plain, other].map((one) => one.getConfig()))).toBe(0);
    expect(during(() => given.getConfig())).toBe(2);
  });

  it("ends where a constructor asks for the config", () => {
    class Asks extends Factor {
      readonly known: string;
      constructor(options: Options) {
        super(options);
        this.known = Object.keys(this.getConfig()).join();
      }
    }
    expect(() => new Asks({ factor: 9 })).toThrow(/expected Asks to define getConfig/);
  });

  it("tells a reader of configs nothing of what it tries", () => {
    class Looks extends Same {
      static override fromConfig<T>(this: new (...args: never[]) => T, config: object): T {
        expect(new Derived({ units: 9 }).getConfig()).toMatchObject({ units: 9 });
        return new this(config as never);
      }
    }
    const x = Input({ shape: [3] });
    const model = new Functional({ inputs: x, outputs: new Looks().apply(x) });
    const notices: unknown[] = [];
    const onUnknown = (issue: unknown) => notices.push(issue);
    modelFromJson(model.toJson(), { customObjects: { Looks }, onUnknown });
    expect(notices).toEqual([]);
  });
});
