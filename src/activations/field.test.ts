import { beforeAll, describe, expect, it } from "vitest";
import { useReference } from "../engines/reference/index.ts";
import { Problems } from "../fields/problems.ts";
import { KerasTensor, Operation } from "../graph/graph.ts";
import { gelu as geluOp } from "../ops/activation.ts";
import { negative } from "../ops/elementwise.ts";
import type { OperandLike } from "../ops/operands.ts";
import { deserialize, withReading } from "../registry/deserialize.ts";
import { OpaqueObject } from "../registry/opaque.ts";
import { Registry } from "../registry/registry.ts";
import { fromNested, toNested } from "../tensor/create.ts";
import { type ActivationLike, activation, getActivation } from "./field.ts";
import { linear, relu, silu } from "./functions.ts";
import { layerOf } from "./wrapped.ts";

const field = activation();
const x = fromNested([-2, 3], "float32");

function twice(value: OperandLike) {
  return negative(negative(value));
}

class Half extends Operation {
  static override readonly className = "Half";
  protected override compute([value]: readonly unknown[]): unknown {
    return negative(value as OperandLike);
  }
}

function parse(input: ActivationLike) {
  const problems = new Problems("activation");
  const value = field.parse(input, problems);
  return { value, issues: problems.issues };
}

beforeAll(useReference);

describe("activation field", () => {
  it("is linear without a default", () => {
    expect(field.required).toBe(false);
    expect(parse(null).value).toBe(linear);
    expect(field.toJson(parse(null).value)).toBe("linear");
  });

  it.each([
    ["relu", relu],
    ["swish", silu],
    [relu, relu],
  ])("reads %s", (input, expected) => {
    expect(parse(input as ActivationLike).value).toBe(expected);
  });

  it("writes a function of yours as an envelope", () => {
    expect(field.toJson(getActivation(twice))).toEqual({
      module: "builtins",
      class_name: "function",
      config: "twice",
      registered_name: "function",
    });
  });

  it("writes an op by the name of the activation it is", () => {
    expect(field.toJson(getActivation(geluOp))).toBe("gelu");
    expect(field.toJson(getActivation(silu))).toBe("silu");
  });

  it("wraps a layer and writes its envelope", () => {
    const layer = new Half({});
    const { value } = parse(layer);
    expect(layerOf(value)).toBe(layer);
    expect(toNested(value(x) as typeof x)).toEqual([2, -3]);
    expect(field.toJson(value)).toMatchObject({ class_name: "Half", registered_name: "Half" });
  });

  it("finds functions by name and envelope where a config is read", () => {
    const registry = new Registry().with({ twice, Half: Half as never });
    const read = (input: ActivationLike) => {
      let found: unknown;
      const probe = {
        className: "Probe",
        module: null,
        registeredName: "Probe",
        fields: {},
        fromConfig: () => {
          found = parse(input).value;
          return {};
        },
      };
      deserialize(
        { class_name: "Probe", config: {}, registered_name: "Probe" },
        { registry: registry.with({ Probe: Object.assign(() => {}, probe) as never }) },
      );
      return found;
    };
    expect(read("twice")).toBe(twice);
    expect(
      read({ module: "builtins", class_name: "function", config: "twice", registered_name: "function" }),
    ).toBe(twice);
    expect(
      read({ module: "builtins", class_name: "function", config: "relu", registered_name: "function" }),
    ).toBe(relu);
    expect(
      layerOf(read({ module: null, class_name: "Half", config: {}, registered_name: "Half" }) as never),
    ).toBeInstanceOf(Half);
  });

  it("has Keras's own under their names, whatever else is called so", () => {
    const registry = new Registry().with({ relu: twice });
    expect(withReading({ registry }, () => parse("relu").value)).toBe(relu);
  });

  it("keeps what it has no code for", () => {
    const envelope = {
      module: "builtins",
      class_name: "function",
      config: "lost",
      registered_name: "function",
    };
    const { value } = parse(new OpaqueObject(envelope));
    expect(field.toJson(value)).toEqual(envelope);
    expect(() => value(x)).toThrow(
      'activation: expected a known class or function, received "lost", which this program has no code for. Pass it in customObjects.',
    );
  });

  it.each([
    ["reluu", 'activation: unknown activation "reluu". Did you mean "relu"?'],
    [7, "activation: expected an activation's name, a function, a layer or null, received 7."],
  ])("says what is wrong with %s", (input, message) => {
    expect(() => getActivation(input as never)).toThrow(message);
  });

  it("adds to the graph on a KerasTensor", () => {
    const symbol = new KerasTensor({ shape: [null, 3], dtype: "float32" });
    expect(relu(symbol).node?.operation.getConfig()).toEqual({
      name: expect.stringMatching(/^re_lu/),
      negative_slope: 0,
      max_value: null,
      threshold: 0,
    });
  });
});

describe("relu", () => {
  it.each([
    [{ negative_slope: 0.5 }, [-1, 3]],
    [{ max_value: 2 }, [0, 2]],
    [{ threshold: 4 }, [-0, 0]],
    [{ negative_slope: 0.5, threshold: 4 }, [-3, -0.5]],
    [{ negative_slope: 0.5, max_value: 2 }, [-1, 2]],
  ])("%o", (options, expected) => {
    expect(toNested(relu(x, options) as typeof x)).toEqual(expected);
  });
});
