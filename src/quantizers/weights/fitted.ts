import { divide } from "../../ops/arithmetic.ts";
import { expandDims, reshape } from "../../ops/reshaping.ts";
import { transpose } from "../../ops/transposing.ts";
import type { Numeric } from "../../program/emit.ts";
import { dequantizeWithSzMap } from "../grouped.ts";
import { unpackInt4 } from "../pack.ts";
import { groupsOf } from "./int4.ts";
import { productFor, withBias } from "./product.ts";
import type { Quantizable, Quantization, QuantizedFactor, WeightOwner, WeightUse } from "./quantization.ts";

/** How weights were fitted to data: by GPTQ or by AWQ, in so many bits and groups of such a size, -1 for one group. */
export interface Fitted {
  readonly mode: "gptq" | "awq";
  readonly bits: number;
  readonly groupSize: number;
}

/**
 * Weights that GPTQ or AWQ have fitted, turned: a row for each unit, with a scale and a zero point for each group of it.
 * They are computed with as floats. Source: Keras 3.15 `layers/core/dense.py`, `einsum_dense.py`.
 */
export function fitted(how: Fitted): Quantization {
  return {
    factor: (weight) => factor(weight, how),
    rows: ({ owner }) => {
      throw owner.problem(
        `expected a mode that rows can be quantized in, int8 or int4, received ${how.mode}.`,
      );
    },
  };
}

function factor({ owner, use, addWeight }: Quantizable, { mode, bits, groupSize }: Fitted): QuantizedFactor {
  const product = productFor(use);
  const [height, width] = matrixOf(owner, use, mode);
  const groups = groupSize === -1 ? 1 : Math.ceil(height / groupSize);
  const unsigned = { initializer: "zeros", dtype: "uint8", trainable: false } as const;
  const variable = addWeight({
    ...unsigned,
    name: "kernel",
    shape: [bits === 4 ? Math.ceil(width / 2) : width, height],
  });
  const ones = { initializer: "ones", trainable: false } as const;
  const scale = addWeight({ ...ones, name: "kernel_scale", shape: [width, groups] });
  const zeroName = use.equation == null ? "kernel_zero" : "zero_point";
  const zero = addWeight({ ...unsigned, name: zeroName, shape: [width, groups] });
  const stretch = mode === "awq" ? addWeight({ ...ones, name: "awq_scales", shape: [height] }) : null;
  const places = addWeight(groupsOf(height));

  const floats = (): Numeric => {
    const integers = bits === 4 ? unpackInt4(variable, width, { axis: 0, dtype: "uint8" }) : variable;
    const turned = transpose(dequantizeWithSzMap(integers, scale, zero, places), { axes: [1, 0] });
    const matrix = stretch ? divide(turned, expandDims(stretch, { axis: -1 })) : turned;
    return reshape(matrix, { newshape: use.shape });
  };
  return {
    name: use.name,
    variable,
    first: ["bias"],
    apply(x, bias, update) {
      if (update !== null) throw owner.problem(`expected no low-rank update with ${mode}, received one.`);
      return withBias(product.floats(x, floats()), bias);
    },
    assign: () => {
      throw owner.problem(
        `expected weights that were fitted in Python, which ${mode} needs data and a structure of layers for, received floats.`,
      );
    },
  };
}

/**
 * A kernel as a matrix. Of three axes the longest tells whether they are `(in, heads, size)` or `(heads, size, out)`; the
 * first of equals counts.
 */
function matrixOf(owner: WeightOwner, { shape }: WeightUse, mode: string): [height: number, width: number] {
  const [a = 1, b = 1, c = 1] = shape;
  if (shape.length === 2) return [a, b];
  if (shape.length === 3) return a >= b && a >= c ? [a, b * c] : [a * b, c];
  throw owner.problem(`expected a kernel of 2 or 3 dimensions for ${mode}, received ${shape.length}.`);
}
