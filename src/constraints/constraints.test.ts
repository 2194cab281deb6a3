import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { useReference } from "../engines/reference/index.ts";
import type { Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { Configurable, type Constructor } from "../registry/configurable.ts";
import { fromNested, fromNumbers, toNested, toNumbers } from "../tensor/create.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { constraint, constraints } from "./field.ts";
import { type ConstraintLike, getConstraint, MaxNorm, MinMaxNorm, NonNeg, UnitNorm } from "./index.ts";

beforeAll(useReference);

const fields = { ...constraints("kernel", "bias"), gamma_constraint: constraint() };

abstract class HolderBase extends Configurable {
  static override readonly className = "Holder";
  static override readonly fields = fields;
}
const Holder = class extends HolderBase {} as unknown as Constructor<typeof fields, Configurable>;

/** An error with this message. */
const thrown = (message: string) => expect.objectContaining({ message }) as Error;

describe("fields of constraints", () => {
  it("are named for what they are for", () => {
    const made = new Holder({
      kernel_constraint: "max_norm",
      bias_constraint: { class_name: "NonNeg", config: {} },
    });
    expect(made.kernel_constraint).toBeInstanceOf(MaxNorm);
    expect(made.bias_constraint).toBeInstanceOf(NonNeg);
    expect(made.gamma_constraint).toBeNull();
    expect(Object.keys(made.getConfig())).toEqual([
      "kernel_constraint",
      "bias_constraint",
      "gamma_constraint",
    ]);
  });

  it("refuse what is none", () => {
    expect(() => new Holder({ kernel_constraint: "max_norn", bias_constraint: [] as never })).toThrow(
      thrown(
        'Holder.kernel_constraint: unknown constraint "max_norn". Did you mean "max_norm"?\n' +
          "Holder.bias_constraint: expected a constraint, the name of one, or a function, received [].",
      ),
    );
  });

  it("take functions", () => {
    const half = (x: Operand) => prim("abs", [x]);
    const made = new Holder({ kernel_constraint: half });
    expect(toNested(made.kernel_constraint!.call(fromNested([-1, 2])) as Tensor)).toEqual([1, 2]);
  });
});

describe("getConstraint", () => {
  it.each<[ConstraintLike, string]>([
    ["max_norm", "MaxNorm"],
    ["min_max_norm", "MinMaxNorm"],
    ["non_neg", "NonNeg"],
    ["UnitNorm", "UnitNorm"],
  ])("%j is a %s", (identifier, className) => {
    expect(getConstraint(identifier)?.constructor.className).toBe(className);
  });
});

const matrix = fc.array(fc.float({ min: -10, max: 10, noNaN: true }), { minLength: 6, maxLength: 6 });
const lengths = (x: Tensor) => {
  const numbers = toNumbers(x);
  return [0, 1].map((j) => Math.hypot(numbers[j]!, numbers[j + 2]!, numbers[j + 4]!));
};

describe("constrained weights", () => {
  it("have the norms asked for", () => {
    fc.assert(
      fc.property(matrix, (numbers) => {
        const x = fromNumbers("float32", [3, 2], numbers);
        for (const length of lengths(new MaxNorm({ max_value: 3 }).call(x) as Tensor))
          expect(length).toBeLessThan(3.0001);
        const atLeast = lengths(new MinMaxNorm({ min_value: 2, max_value: 3 }).call(x) as Tensor);
        const unit = lengths(new UnitNorm({ axis: -2 }).call(x) as Tensor);
        for (const [j, length] of lengths(x).entries()) {
          if (length < 0.01) continue;
          expect(atLeast[j]).toBeGreaterThan(1.999);
          expect(atLeast[j]).toBeLessThan(3.001);
          expect(unit[j]).toBeCloseTo(1, 4);
        }
      }),
    );
  });

  it("keep their dtype", () => {
    for (const made of [new MaxNorm(), new MinMaxNorm(), new UnitNorm(), new NonNeg()]) {
      expect(made.call(fromNested([[1, -2]], "bfloat16")).dtype).toBe("bfloat16");
    }
  });

  it.each([[{ axis: "0" }], [{ axis: 0.5 }], [{ axis: [0, null] }]])("have no axes %j", (options) => {
    expect(() => new UnitNorm(options as never)).toThrow(/^UnitNorm\.axis(\[1\])?: expected /);
  });
});
