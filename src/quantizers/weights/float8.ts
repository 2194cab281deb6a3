import { add } from "../../ops/arithmetic.ts";
import { cast } from "../../ops/core.ts";
import type { Operand } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import { quantizeAndDequantize } from "../float8.ts";
import { productFor } from "./product.ts";
import type { Quantizable, Quantization, QuantizedFactor } from "./quantization.ts";

/**
 * Products of floats that were brought to 8 bits, with scales that training finds from the largest values of the last steps,
 * `history` of them. Source: Keras 3.6 `layers/core/dense.py`.
 */
export function float8(history: number): Quantization {
  return {
    factor: (weight) => factor(weight, history),
    rows: ({ owner }) => {
      throw owner.problem("expected a mode that rows can be quantized in, int8 or int4, received float8.");
    },
  };
}

function factor({ owner, use, addWeight, addFloats }: Quantizable, history: number): QuantizedFactor {
  const product = productFor(use);
  const once = { shape: [], initializer: "ones", dtype: "float32", autocast: false } as const;
  const past = { ...once, shape: [history], initializer: "zeros" } as const;
  const [inputs, weights] = ["inputs", "kernel", "outputs_grad"].map((name) => {
    const scale = addWeight({ ...once, name: `${name}_scale` });
    addWeight({ ...past, name: `${name}_amax_history` });
    return scale;
  }) as [Variable, Variable, Variable];
  const variable = addFloats();
  return {
    name: use.name,
    variable,
    first: ["kernel", "bias"],
    apply(x, bias, update) {
      if (update !== null) throw owner.problem("expected no low-rank update with float8, received one.");
      const { computeDtype } = owner;
      const [left, right] = [
        quantizeAndDequantize(x, inputs, "float8_e4m3fn", computeDtype),
        quantizeAndDequantize(variable, weights, "float8_e4m3fn", computeDtype),
      ];
      const result = product.floats(left, right);
      return bias === null ? result : add(result, rounded(bias, computeDtype));
    },
    assign: (floats) => variable.assign(floats),
  };
}

/** A bias as hardware adds it: where all else is float32 it has the bits of bfloat16. */
function rounded(bias: Operand, computeDtype: string): Operand {
  if (computeDtype !== "float32") return bias;
  return cast(cast(bias, { dtype: "bfloat16" }), { dtype: "float32" });
}
