import { unary } from "../ops/define.ts";
import { asDType, asFloat } from "../ops/operands.ts";
import { dtypeOf } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { endedIn } from "../registry/ended.ts";
import type { AnyFunction } from "../registry/registry.ts";

/** The name that configs of Keras 2 are read with for what they call `hard_sigmoid`. */
export const OLD_HARD_SIGMOID = "tf_keras>hard_sigmoid";

const hardSigmoid = /* @__PURE__ */ unary("tf_keras.HardSigmoid", (x) => {
  const operand = asFloat(x);
  const scaled = prim("mul", [operand, asDType(0.2, dtypeOf(operand))]);
  const shifted = prim("add", [scaled, asDType(0.5, dtypeOf(operand))]);
  return prim("clamp", [shifted], { min: 0, max: 1 });
});

/**
 * What Keras 2 had and Keras 3 has no more, by the names that such configs are read with: `hard_sigmoid` as `0.2 x + 0.5`,
 * from 0 to 1, where Keras 3 has `x / 6 + 0.5`.
 */
export const oldActivations: Readonly<Record<string, AnyFunction>> = {
  [OLD_HARD_SIGMOID]: /* @__PURE__ */ named(OLD_HARD_SIGMOID, (x: never) => hardSigmoid(x), {
    what: 'the "hard_sigmoid" of Keras 2',
    help: 'That of Keras 3 is another function: set the layer\'s activation to "hard_sigmoid" to take it.',
  }),
};

function named(name: string, fn: AnyFunction, { what, help }: { what: string; help: string }): AnyFunction {
  return Object.defineProperties(fn, {
    name: { value: name },
    checkDialect: { value: endedIn("3.0", what, help) },
  });
}
