import { describe, expect, it } from "vitest";
import { tensor } from "../engines/tensor.ts";
import { Dense, Dropout } from "../layers/index.ts";
import { SeedGenerator } from "../random/seed-generator.ts";

const x = tensor([[1, 2]], { dtype: "float32" });

describe("a class field of a key's name", () => {
  class Wiped extends Dense {
    override units = 7;
  }
  class Declared extends Dense {
    declare readonly units: number;
    extra = 1;
  }
  const message =
    'units: expected no class field of this name, received one with a value: it wipes what the options gave. Write "declare units", or set it in the constructor.';

  it.each<[string, (layer: Wiped) => unknown]>([
    ["called", (layer) => layer.apply(x)],
    ["built", (layer) => layer.buildOn([null, 2])],
    ["written", (layer) => layer.getConfig()],
  ])("is an error when the layer is first %s, each time", (_, use) => {
    for (let i = 0; i < 2; i++) expect(() => use(new Wiped({ units: 3 }))).toThrow(message);
  });

  it("is one of each object of the class, whichever is used first", () => {
    class Late extends Dense {
      override units = 7;
    }
    const layers = [1, 2, 3].map((units) => new Late({ units }));
    for (const layer of layers.reverse()) expect(() => layer.apply(x)).toThrow(message);
  });

  it("is one where the constructor of a base failed for the first object", () => {
    class Picky extends Dense {
      constructor(options: ConstructorParameters<typeof Dense>[0]) {
        super(options);
        if (options.units > 9) throw new RangeError("too many");
      }
    }
    class Picked extends Picky {
      override units = 7;
    }
    expect(() => new Picked({ units: 10 })).toThrow("too many");
    expect(() => new Picked({ units: 3 }).getConfig()).toThrow(message);
  });

  it("costs most objects that were made before one was used nothing", () => {
    class Many extends Dense {}
    const layers = [1, 2, 3, 4].map((units) => new Many({ units }));
    const isPlain = (layer: Many) => Object.getOwnPropertyDescriptor(layer, "units")?.value !== undefined;
    expect(layers.map(isPlain)).toEqual([false, false, true, true]);
    layers[2]!.apply(x);
    expect(layers.map(isPlain)).toEqual([true, true, true, true]);
    expect(layers.map(({ units }) => units)).toEqual([1, 2, 3, 4]);
  });

  it("is not looked for in classes of Keras", () => {
    const { units } = Object.getOwnPropertyDescriptors(new Dense({ units: 3 }));
    expect(units).toMatchObject({ value: 3, writable: true });
  });

  it("is an error below a class that hands its module on", () => {
    class Odd extends SeedGenerator {
      override seed = 3;
    }
    expect(() => new Odd({ seed: 7 }).getConfig()).toThrow("seed: expected no class field of this name");
  });

  it("is none where it is declared, or set after the constructor of the base", () => {
    const layer = new Declared({ units: 3 });
    expect(layer.apply(x).shape).toEqual([1, 3]);
    const dropout = new Dropout({ rate: 0.5 });
    (dropout as { rate: number }).rate = 0.25;
    expect(dropout.getConfig().rate).toBe(0.25);
    expect(Object.getOwnPropertyDescriptor(dropout, "rate")).toMatchObject({ value: 0.25, writable: true });
  });
});
