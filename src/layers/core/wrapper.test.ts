import { describe, expect, it } from "vitest";
import { useReference } from "../../engines/reference/index.ts";
import { tensor } from "../../engines/tensor.ts";
import { parsePythonJson } from "../../json/parse.ts";
import { stringifyPythonJson } from "../../json/stringify.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import { deserialize } from "../../registry/deserialize.ts";
import { Registry } from "../../registry/registry.ts";
import { serialize } from "../../registry/serialize.ts";
import type { Layer } from "../layer.ts";
import { isUnknown } from "../layer-field.ts";
import { OpaqueLayer } from "../opaque-layer.ts";
import { LSTM, TimeDistributed } from "../recurrent/index.ts";
import { Dense } from "./dense.ts";
import { Input } from "./input-layer.ts";
import { Wrapper } from "./wrapper.ts";

useReference();

/** Passes on what the layer inside gives. */
class Plain extends Wrapper {
  override call(x: Operand): Numeric {
    return this.layer.apply<Numeric>(x);
  }
}

describe("Wrapper", () => {
  it("builds the layer inside and has its weights", () => {
    const wrapper = new Plain({ layer: new Dense({ units: 2, name: "inner" }), name: "outer" });
    expect(wrapper.apply(Input({ shape: [3] })).shape).toEqual([null, 2]);
    expect(wrapper.weights.map(({ path }) => path)).toEqual(["outer/inner/kernel", "outer/inner/bias"]);
    expect(wrapper.trainableWeights.length).toBe(2);
    wrapper.trainable = false;
    expect(wrapper.layer.trainable).toBe(false);
    expect(wrapper.trainableWeights).toEqual([]);
  });

  it("is the same after a round trip of its config", () => {
    const wrapper = new Wrapper({ layer: new Dense({ units: 2 }) });
    const config = wrapper.getConfig();
    expect(Object.keys(config)).toEqual(["name", "trainable", "dtype", "layer"]);
    const again = Wrapper.fromConfig(config);
    expect(again.getConfig()).toEqual(config);
    expect(again.layer).toBeInstanceOf(Dense);
    expect(again.layer).not.toBe(wrapper.layer);
  });

  it("writes the layer as it is now, not as it was read", () => {
    const registry = new Registry([Wrapper, Dense]);
    const text = stringifyPythonJson(serialize(new Wrapper({ layer: new Dense({ units: 2, name: "d" }) })));
    const read = deserialize(parsePythonJson(text), { registry }) as Wrapper;
    expect(stringifyPythonJson(serialize(read))).toBe(text);
    read.layer.trainable = false;
    const frozen = text.replace('"name": "d", "trainable": true', '"name": "d", "trainable": false');
    expect(stringifyPythonJson(serialize(read))).toBe(frozen);
  });

  it("takes nothing but a layer", () => {
    expect(() => new Wrapper({ layer: 2 as never })).toThrow("Wrapper.layer: expected a layer, received 2.");
    expect(() => new Wrapper({} as never)).toThrow("Wrapper.layer: expected a layer, received nothing.");
    expect(() => new Wrapper({ layer: { class_name: "Dense", config: {} } })).toThrow(
      'Wrapper.layer.class_name: unknown class "Dense".',
    );
  });

  it("keeps a layer of an unknown class, which cannot be used", () => {
    const registry = new Registry([Wrapper, OpaqueLayer]);
    const config = {
      module: "my_package",
      class_name: "Mine",
      config: { a: 1 },
      registered_name: "my_package>Mine",
    };
    const envelope = { module: "keras.layers", class_name: "Wrapper", config: { name: "w", layer: config } };
    const issues: string[] = [];
    const read = deserialize(envelope, {
      registry,
      onUnknown: ({ path }) => issues.push(path),
    }) as OpaqueLayer;
    expect(issues).toEqual(['config (Wrapper "w").layer.class_name']);
    expect([read.keptClassName, isUnknown(read)]).toEqual(["Wrapper", true]);
    expect(serialize(read)).toMatchObject({ config: { layer: config } });
    expect(() => read.apply(tensor([1], { dtype: "float32" }))).toThrow(
      'received "Mine", which this program has no code for',
    );
    expect(() => deserialize(envelope, { registry })).toThrow(
      'config (Wrapper "w").layer.class_name: unknown',
    );
  });
});

describe("wrappers inside each other", () => {
  it("are written once each, and built in one step each", () => {
    let written = 0;
    class Counted extends Dense {
      override getConfig() {
        written++;
        return super.getConfig();
      }
    }
    let layer: Layer = new Counted({ units: 2 });
    for (let i = 0; i < 20; i++) layer = new TimeDistributed({ layer });
    const shape = [...new Array<number>(20).fill(2), 3];
    expect(layer.apply(Input({ shape })).shape).toEqual([null, ...shape.slice(0, -1), 2]);
    serialize(layer);
    expect(written).toBe(1);
  });

  it("have an output shape for any number of steps", () => {
    const layer = new TimeDistributed({ layer: new Dense({ units: 2 }) });
    expect(layer.apply(Input({ shape: [2 ** 40, 3] })).shape).toEqual([null, 2 ** 40, 2]);
    const unrolled = new LSTM({ units: 2, unroll: true, return_sequences: true });
    expect(unrolled.apply(Input({ shape: [2 ** 40, 3] })).shape).toEqual([null, 2 ** 40, 2]);
  });
});
