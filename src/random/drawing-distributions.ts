import { broadcastTo, type Dimension } from "../ops/dimensions.ts";
import { asDType, type OperandLike } from "../ops/operands.ts";
import type { Numeric } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { distributionPrim } from "../program/rules/distributions.ts";
import type { RandomFloat } from "../tensor/random.ts";
import type { Keys } from "./keys.ts";
import { splitKey } from "./split-key.ts";

/** A parameter for each number, in the dtype that numbers are drawn in: JAX has no float64 by default. */
function spread(shape: readonly Dimension[], parameter: OperandLike, dtype: RandomFloat): Numeric {
  const drawn = dtype === "float64" ? "float32" : dtype;
  return broadcastTo(asDType(parameter, drawn), shape);
}

/** Numbers of gamma distributions with the scale 1: those of `jax.random.gamma`. */
export function gammaNumbers(
  keys: Keys,
  shape: readonly Dimension[],
  alpha: OperandLike,
  dtype: RandomFloat = "float32",
): Numeric {
  const numbers = distributionPrim("random_gamma", [keys.next(), spread(shape, alpha, dtype)], {
    log: false,
  });
  return asDType(numbers, dtype);
}

/** Numbers of beta distributions: those of `jax.random.beta`. */
export function betaNumbers(
  keys: Keys,
  shape: readonly Dimension[],
  alpha: OperandLike,
  beta: OperandLike,
  dtype: RandomFloat = "float32",
): Numeric {
  const [first, second] = splitKey(keys.next());
  const logarithm = (key: Numeric, parameter: OperandLike) =>
    distributionPrim("random_gamma", [key, spread(shape, parameter, dtype)], { log: true });
  const [a, b] = [logarithm(first, alpha), logarithm(second, beta)];
  const larger = prim("max", [a, b]);
  const share = (part: Numeric) => prim("exp", [prim("sub", [part, larger])]);
  const [ofFirst, ofSecond] = [share(a), share(b)];
  return asDType(prim("div", [ofFirst, prim("add", [ofFirst, ofSecond])]), dtype);
}
