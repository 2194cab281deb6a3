import { ShapeError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import type { DType } from "./dtype.ts";

/** A dtype, or a Python `int` or `float`, which takes the dtype of what it meets. */
export type PromotionType = DType | "int" | "float";

/** What each type goes up to, one step; each type stands above all it goes up to. */
const steps: readonly (readonly [PromotionType, ...PromotionType[]])[] = [
  ["bool", "int"],
  ["int", "uint8", "int8"],
  ["uint8", "uint16", "int16"],
  ["int8", "int16"],
  ["uint16", "uint32", "int32"],
  ["int16", "int32"],
  ["uint32", "uint64", "int64"],
  ["int32", "int64"],
  ["uint64", "float"],
  ["int64", "float"],
  ["float", "float16", "bfloat16"],
  ["float16", "float32"],
  ["bfloat16", "float32"],
  ["float32", "float64"],
  ["float64"],
];

/** For each type the set of those it can become, itself among them, as bits numbered by its place in `steps`. */
const reachable = reach();

function reach(): ReadonlyMap<PromotionType, number> {
  const sets = new Map<PromotionType, number>();
  for (let i = steps.length - 1; i >= 0; i--) {
    const [type, ...next] = steps[i]!;
    sets.set(
      type,
      next.reduce((set, each) => set | sets.get(each)!, 1 << i),
    );
  }
  return sets;
}

/**
 * The dtype of a result from those of its operands, as `keras.backend.result_type` in Keras 3.6 with `floatx` float32
 * and the JAX backend: the first that all of them can become; `int32` or `float32` where Python numbers alone decide.
 */
export function resultType(...types: readonly PromotionType[]): DType {
  return resultTypeOf(types);
}

/** The same of a list, of any length. */
export function resultTypeOf(types: readonly PromotionType[]): DType {
  let common = -1;
  for (const type of types) {
    if (type === "string")
      throw new ShapeError("dtype", `expected numbers, received texts: ${inspect(types)}.`);
    common &= reachable.get(type)!;
  }
  const first = types.length === 0 ? "float" : steps[31 - Math.clz32(common & -common)]![0];
  if (first === "int") return "int32";
  return first === "float" ? "float32" : first;
}
