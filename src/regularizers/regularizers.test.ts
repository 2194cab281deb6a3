import { beforeAll, describe, expect, it } from "vitest";
import { useReference } from "../engines/reference/index.ts";
import { stringifyPythonJson } from "../json/stringify.ts";
import type { Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { Value } from "../program/value.ts";
import { Configurable, type Constructor } from "../registry/configurable.ts";
import { serialize } from "../registry/serialize.ts";
import { fromNested, scalar, toNested } from "../tensor/create.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { regularizers } from "./field.ts";
import {
  defineRegularizer,
  getRegularizer,
  L1,
  L1L2,
  L2,
  OrthogonalRegularizer,
  type RegularizerLike,
} from "./index.ts";

beforeAll(useReference);

const fields = regularizers("kernel", "activity");

abstract class HolderBase extends Configurable {
  static override readonly className = "Holder";
  static override readonly fields = fields;
}
const Holder = class extends HolderBase {} as unknown as Constructor<typeof fields, Configurable>;

class Doubled extends defineRegularizer("Doubled", {}, { package: "my" }) {
  override call(x: Operand) {
    return prim("add", [x, x]);
  }
}

function own(x: Operand) {
  return prim("neg", [x]);
}

/** An error with this message. */
const thrown = (message: string) => expect.objectContaining({ message }) as Error;

describe("fields of regularizers", () => {
  it("are named for what they are for", () => {
    expect(Object.keys(fields)).toEqual(["kernel_regularizer", "activity_regularizer"]);
    const made = new Holder({ kernel_regularizer: "l1" });
    expect(made.kernel_regularizer).toBeInstanceOf(L1);
    expect(made.activity_regularizer).toBeNull();
  });

  it("refuse what is none", () => {
    expect(() => new Holder({ kernel_regularizer: "l3" as never, activity_regularizer: 1 as never })).toThrow(
      thrown(
        'Holder.kernel_regularizer: unknown regularizer "l3".\n' +
          "Holder.activity_regularizer: expected a regularizer, the name of one, or a function, received 1.",
      ),
    );
  });

  it("take custom ones", () => {
    const customObjects = { Doubled, own };
    const made = Holder.fromConfig(
      { kernel_regularizer: "Doubled", activity_regularizer: "own" },
      { customObjects },
    );
    expect(made.kernel_regularizer).toBeInstanceOf(Doubled);
    expect(toNested(made.activity_regularizer!.call(scalar(2, "float32")) as Tensor)).toBe(-2);
    expect(stringifyPythonJson(made.getConfig().activity_regularizer as never)).toBe(
      '{"module": "builtins", "class_name": "function", "config": "own", "registered_name": "function"}',
    );
  });
});

describe("getRegularizer", () => {
  it.each<[RegularizerLike, string]>([
    ["l1", "L1"],
    ["l2", "L2"],
    ["l1_l2", "L1L2"],
    ["l1l2", "L1L2"],
    ["orthogonal_regularizer", "OrthogonalRegularizer"],
    [L2, "L2"],
    [{ class_name: "L1L2", config: { l1: 0.5 } }, "L1L2"],
  ])("%j is a %s", (identifier, className) => {
    expect(getRegularizer(identifier)?.constructor.className).toBe(className);
  });

  it("of null is null", () => {
    expect(getRegularizer(null)).toBeNull();
  });
});

describe("strengths", () => {
  it.each([
    [new L1(), '{"l1": 0.009999999776482582}'],
    [new L1({ l1: null }), '{"l1": 0.009999999776482582}'],
    [new L2({ l2: null }), '{"l2": 0.01}'],
    [new L1L2({ l1: null, l2: 1 }), '{"l1": 0.0, "l2": 1.0}'],
    [new OrthogonalRegularizer({ factor: 0.1 }), '{"factor": 0.10000000149011612, "mode": "rows"}'],
  ])("are written as Keras has them: %#", (made, config) => {
    expect(stringifyPythonJson(made.getConfig())).toBe(config);
  });

  it.each([-0.1, 1e39, Number.POSITIVE_INFINITY, Number.NaN, "0.1", true])("may not be %s", (l1) => {
    expect(() => new L1({ l1: l1 as number })).toThrow(
      /^L1\.l1: expected a finite number of at least 0, received /,
    );
  });
});

describe("penalties", () => {
  it("follow the dtype", () => {
    for (const made of [new L1(), new L2(), new L1L2(), new L1L2({ l1: 1, l2: 1 })]) {
      expect(made.call(fromNested([1, 2], "float16")).dtype).toBe("float16");
    }
  });

  it("are one number for a value of unknown size", () => {
    const result = new L1L2({ l1: 1, l2: 1 }).call(new Value([null, 3], "float32"));
    expect(result.shape).toEqual([]);
  });

  it("of orthogonal rows are 0", () => {
    const turn = fromNested(
      [
        [0.6, 0.8],
        [-0.8, 0.6],
      ],
      "float32",
    );
    expect(toNested(new OrthogonalRegularizer().call(turn) as Tensor)).toBeCloseTo(0, 7);
  });

  it.each([[[3]], [[2, 2, 2]], [[null, 2]]])("of orthogonality are not for shape %j", (shape) => {
    expect(() => new OrthogonalRegularizer().call(new Value(shape, "float32"))).toThrow(
      /^OrthogonalRegularizer: expected a matrix of known size, received shape /,
    );
  });
});

it("a custom class is written with its package", () => {
  expect(serialize(new Doubled())).toEqual({
    module: null,
    class_name: "Doubled",
    config: {},
    registered_name: "my>Doubled",
  });
});
