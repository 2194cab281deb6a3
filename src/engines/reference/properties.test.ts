import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Attributes, PrimitiveName } from "../../program/primitives.ts";
import { specRules } from "../../program/spec-rules.ts";
import type { Spec } from "../../program/value.ts";
import { sameShape, sizeOf } from "../../tensor/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { Random } from "../primitive-cases/random.ts";
import { primitiveCases } from "../primitive-cases.ts";
import { evaluate } from "./index.ts";

function run<K extends PrimitiveName>(
  primitive: K,
  inputs: readonly Tensor[],
  attributes: Attributes[K],
): Tensor {
  return evaluate(primitive, inputs, attributes)[0]!;
}

function specsOf<K extends PrimitiveName>(
  primitive: K,
  inputs: readonly Tensor[],
  attributes: Attributes[K],
): Spec[] {
  return specRules[primitive](inputs, attributes);
}

/** Small whole numbers as floats: sums and products of them are exact. */
function whole(random: Random, shape: readonly number[]): Tensor {
  return run("cast", [random.integers(shape, -4, 4)], { dtype: "float32" });
}

const seed = fc.integer().map((state) => new Random(state));
const size = fc.integer({ min: 1, max: 4 });
const shape = fc.array(size, { maxLength: 4 });

describe("shapes and dtypes", () => {
  it.each(primitiveCases().map((row) => [row.primitive, row.label, row] as const))(
    "%s, %s: as its rule says",
    (...[, , row]) => {
      const specs = specsOf(row.primitive, row.inputs, row.attributes);
      const outputs = evaluate(row.primitive, row.inputs, row.attributes);
      expect(outputs.map(({ dtype }) => dtype)).toEqual(specs.map(({ dtype }) => dtype));
      outputs.forEach((output, i) => {
        expect(output.shape).toEqual(specs[i]!.shape.map((known, axis) => known ?? output.shape[axis]));
      });
    },
  );
});

describe("moving elements", () => {
  it("transposing back gives the same", () => {
    fc.assert(
      fc.property(seed, shape, fc.infiniteStream(fc.nat()), (random, dimensions, keys) => {
        const order = dimensions.map((_, i) => [keys.next().value!, i] as const).sort(([a], [b]) => a - b);
        const perm = order.map(([, axis]) => axis);
        const back = perm.map((_, axis) => perm.indexOf(axis));
        const x = random.floats(dimensions);
        expect(run("transpose", [run("transpose", [x], { perm })], { perm: back })).toEqual(x);
      }),
    );
  });

  it("concatenating the two parts of a tensor gives the tensor", () => {
    fc.assert(
      fc.property(
        seed,
        fc.array(size, { minLength: 1, maxLength: 3 }),
        fc.nat(),
        fc.nat(),
        (random, dimensions, a, c) => {
          const axis = a % dimensions.length;
          const cut = c % (dimensions[axis]! + 1);
          const x = random.floats(dimensions);
          const step = dimensions.map(() => 1);
          const all = dimensions.map(() => null);
          const at = dimensions.map((_, i) => (i === axis ? cut : null));
          const parts = [
            run("slice", [x], { start: all, stop: at, step }),
            run("slice", [x], { start: at, stop: all, step }),
          ];
          expect(run("concat", parts, { axis })).toEqual(x);
        },
      ),
    );
  });

  it("slicing off what was padded gives the same", () => {
    const modes = fc.constantFrom("constant", "edge", "symmetric", "reflect");
    fc.assert(
      fc.property(seed, shape, modes, fc.nat(5), fc.nat(5), (random, dimensions, mode, low, high) => {
        const x = random.floats(dimensions);
        const padded = run("pad", [x], {
          padding: dimensions.map(() => [low, high] as const),
          mode,
          value: 7,
        });
        const back = run("slice", [padded], {
          start: dimensions.map(() => low),
          stop: dimensions.map((length) => low + length),
          step: dimensions.map(() => 1),
        });
        expect(back).toEqual(x);
      }),
    );
  });

  it("sort is what argsort points at", () => {
    fc.assert(
      fc.property(seed, fc.array(size, { minLength: 1, maxLength: 3 }), fc.nat(), (random, dimensions, a) => {
        const axis = a % dimensions.length;
        const x = whole(random, dimensions);
        const order = run("argsort", [x], { axis });
        expect(run("gather_along", [x, order], { axis })).toEqual(run("sort", [x], { axis }));
      }),
    );
  });
});

describe("arithmetic", () => {
  it("broadcasting is computing on broadcast operands", () => {
    const dimension = fc.tuple(size, fc.constantFrom("a", "b", "both"));
    fc.assert(
      fc.property(seed, fc.array(dimension, { maxLength: 4 }), fc.boolean(), (random, dimensions, swap) => {
        const target = dimensions.map(([length]) => length);
        const partOf = (name: string) =>
          dimensions.map(([length, who]) => (who === name || who === "both" ? length : 1));
        const a = random.floats(partOf("a"));
        const short = partOf("b");
        while (short[0] === 1) short.shift();
        const b = random.floats(short);
        for (const primitive of ["sub", "lt"] as const) {
          const wide = [a, b].map((operand) => run("broadcast_to", [operand], { shape: target }));
          const inputs = swap ? [b, a] : [a, b];
          const wideInputs = swap ? wide.reverse() : wide;
          expect(run(primitive, inputs, {})).toEqual(run(primitive, wideInputs, {}));
        }
      }),
    );
  });

  it("reducing two axes is reducing one after the other", () => {
    fc.assert(
      fc.property(seed, size, size, size, (random, a, b, c) => {
        const x = whole(random, [a, b, c]);
        for (const primitive of ["reduce_sum", "reduce_max", "reduce_min"] as const) {
          const once = run(primitive, [x], { axes: [0, 2], keepdims: false });
          const first = run(primitive, [x], { axes: [2], keepdims: false });
          expect(run(primitive, [first], { axes: [0], keepdims: false })).toEqual(once);
        }
      }),
    );
  });

  it("einsum agrees with matmul", () => {
    fc.assert(
      fc.property(seed, size, size, size, size, (random, n, a, b, c) => {
        const x = whole(random, [n, a, b]);
        const y = whole(random, [n, b, c]);
        const product = run("matmul", [x, y], {});
        expect(run("einsum", [x, y], { equation: "nab,nbc->nac" })).toEqual(product);
        expect(run("einsum", [y, x], { equation: "nbc,nab->cna" })).toEqual(
          run("transpose", [product], { perm: [2, 0, 1] }),
        );
      }),
    );
  });

  it("a large product is the sum of products of rows and columns", () => {
    fc.assert(
      fc.property(
        seed,
        fc.integer({ min: 1, max: 90 }),
        fc.integer({ min: 1, max: 40 }),
        (random, rows, columns) => {
          const x = whole(random, [rows, 23]);
          const y = whole(random, [23, columns]);
          const product = run("matmul", [x, y], {});
          const expected = Float32Array.from({ length: rows * columns }, (_, i) => {
            const row = Math.floor(i / columns);
            let sum = 0;
            for (let k = 0; k < 23; k++)
              sum += Number(x.data[row * 23 + k]) * Number(y.data[k * columns + (i % columns)]);
            return sum;
          });
          expect(product).toEqual(new Tensor("float32", [rows, columns], expected));
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe("convolution", () => {
  const setting = fc.record({
    window: size,
    stride: fc.integer({ min: 1, max: 3 }),
    dilation: fc.integer({ min: 1, max: 2 }),
    low: fc.nat(2),
    high: fc.nat(2),
    extra: fc.nat(4),
  });

  it("conv_transpose is the adjoint of conv", () => {
    fc.assert(
      fc.property(
        seed,
        fc.tuple(setting, setting),
        size,
        size,
        size,
        (random, settings, groups, width, filters) => {
          const strides = settings.map(({ stride }) => stride);
          const dilation = settings.map((s) => s.dilation);
          const padding = settings.map(({ low, high }) => [low, high] as const);
          const window = settings.map((s) => s.window);
          const y = whole(random, [2, ...settings.map(({ extra }) => 1 + extra), filters * groups]);
          const kernel = whole(random, [...window, width, filters * groups]);
          const positive = settings.every(
            (s) => s.extra * s.stride + (s.window - 1) * s.dilation + 1 - s.low - s.high > 0,
          );
          fc.pre(positive);
          const attributes = { strides, padding, dilation, groups };
          const transposed = run("conv_transpose", [y, kernel], attributes);
          expect(transposed.shape.at(-1)).toBe(width * groups);
          const x = whole(random, transposed.shape);
          const forward = run("conv", [x, kernel], attributes);
          fc.pre(sameShape(forward.shape, y.shape));
          const dot = (a: Tensor, b: Tensor) => {
            let sum = 0;
            for (let i = 0; i < a.size; i++) sum += Number(a.data[i]) * Number(b.data[i]);
            return sum;
          };
          expect(dot(transposed, x)).toBe(dot(forward, y));
        },
      ),
    );
  });

  it("in groups is one convolution for each group", () => {
    fc.assert(
      fc.property(seed, setting, size, size, size, (random, s, groups, width, filters) => {
        const length = s.extra + (s.window - 1) * s.dilation + 1;
        const attributes = {
          strides: [s.stride],
          padding: [[s.low, s.high] as const],
          dilation: [s.dilation],
        };
        const xs = Array.from({ length: groups }, () => whole(random, [2, length, width]));
        const kernels = Array.from({ length: groups }, () => whole(random, [s.window, width, filters]));
        const parts = xs.map((x, g) => run("conv", [x, kernels[g]!], { ...attributes, groups: 1 }));
        const together = run("conv", [run("concat", xs, { axis: 2 }), run("concat", kernels, { axis: 2 })], {
          ...attributes,
          groups,
        });
        expect(together).toEqual(run("concat", parts, { axis: 2 }));
      }),
    );
  });

  it("with a window of one is a product of matrices", () => {
    fc.assert(
      fc.property(seed, size, size, size, size, (random, n, length, channels, filters) => {
        const x = whole(random, [n, length, channels]);
        const kernel = whole(random, [1, channels, filters]);
        const attributes = { strides: [1], padding: [[0, 0] as const], dilation: [1], groups: 1 };
        const matrix = new Tensor("float32", [channels, filters], kernel.data);
        expect(run("conv", [x, kernel], attributes)).toEqual(run("matmul", [x, matrix], {}));
      }),
    );
  });

  it("pooling a constant gives it back, whatever the padding", () => {
    fc.assert(
      fc.property(size, fc.integer({ min: 1, max: 3 }), fc.nat(1), fc.nat(1), (length, stride, low, high) => {
        const x = new Tensor("float32", [1, length + 1, 2], new Float32Array(2 * length + 2).fill(3));
        const attributes = { window: [2], strides: [stride], padding: [[low, high] as const] };
        for (const primitive of ["max_pool", "avg_pool"] as const) {
          const pooled = run(primitive, [x], attributes);
          expect([...pooled.data]).toEqual(new Array(sizeOf(pooled.shape)).fill(3));
        }
      }),
    );
  });
});
