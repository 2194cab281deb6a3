import { ended } from "../dialects/keras-2/ended.ts";
import { unfolds } from "../dialects/unfolded.ts";
import { currentWriting } from "../fields/writing.ts";
import type { JsonValue } from "../json/json.ts";
import { unary } from "../ops/define.ts";
import { asDType, asFloat } from "../ops/operands.ts";
import { dtypeOf } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { meetFunctions } from "../registry/known.ts";
import { toWire } from "../registry/literals.ts";
import type { AnyFunction } from "../registry/registry.ts";

/** The name that configs of Keras 2 are read with for what they call `hard_sigmoid`. */
export const OLD_HARD_SIGMOID = "tf_keras>hard_sigmoid";

const hardSigmoid = /* @__PURE__ */ unary("tf_keras.HardSigmoid", (x) => {
  const operand = asFloat(x);
  const scaled = prim("mul", [operand, asDType(0.2, dtypeOf(operand))]);
  const shifted = prim("add", [scaled, asDType(0.5, dtypeOf(operand))]);
  return prim("clamp", [shifted], { min: 0, max: 1 });
});

/** What becomes of it in Keras 3. */
const end = ended(
  `Its "hard_sigmoid" is another function: set the activation to that to take it.${unfolds}`,
  'the "hard_sigmoid" of Keras 2',
);

function oldHardSigmoid(x: never): unknown {
  return hardSigmoid(x);
}
Object.defineProperty(oldHardSigmoid, toWire, { value: write });

function write(): JsonValue {
  const envelope = {
    module: "builtins",
    class_name: "function",
    config: OLD_HARD_SIGMOID,
    registered_name: "function",
  };
  const { dialect, lacks } = currentWriting();
  return dialect === null || !lacks ? envelope : end(envelope, dialect, lacks);
}

/**
 * What Keras 2 had and Keras 3 has no more, by the names that such configs are read with: `hard_sigmoid` as `0.2 x + 0.5`,
 * from 0 to 1, where Keras 3 has `x / 6 + 0.5`.
 */
export const oldActivations: Readonly<Record<string, AnyFunction>> = { [OLD_HARD_SIGMOID]: oldHardSigmoid };

/** Has `fromConfig` know them in every program that reads files of Keras 2. */
export function meetOldActivations(): void {
  meetFunctions(oldActivations);
}
