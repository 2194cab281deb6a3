// Numbers are drawn at once where no program is traced.
import "../engines/reference/at-once/distributions.ts";
import { ShapeError } from "../errors.ts";
import { checkOptions } from "../json/check-options.ts";
import { inspect } from "../json/inspect.ts";
import { broadcastTo, type Dimension } from "../ops/dimensions.ts";
import {
  asDType,
  isNumber,
  isOperand,
  type NumberList,
  type OperandLike,
  tensorOfList,
} from "../ops/operands.ts";
import type { Numeric } from "../program/emit.ts";
import { distributionPrim } from "../program/rules/distributions.ts";
import type { DType } from "../tensor/dtype.ts";
import { checkShape, floatIn } from "./check.ts";
import { betaNumbers, gammaNumbers } from "./drawing-distributions.ts";
import { keysOf, type SeedOption } from "./keys.ts";

/** Settings of {@link gamma}, {@link beta} and {@link binomial}. */
export interface DistributionOptions extends SeedOption {
  /** A float type. Defaults to float32. */
  readonly dtype?: DType | null;
}

/** A number, or one for each element: lists and tensors that broadcast to the shape. */
export type Parameter = OperandLike | NumberList;

/**
 * Numbers of gamma distributions with the shape parameter `alpha`, above 0, and the scale 1: those that
 * `keras.random.gamma` draws on JAX after the same seed.
 *
 * @example
 * gamma([2, 3], 0.5, { seed: 42 });
 */
export function gamma(
  shape: readonly Dimension[],
  alpha: Parameter,
  options: DistributionOptions = {},
): Numeric {
  const { keys, dtype, numbers } = start("random.gamma", shape, options);
  return gammaNumbers(keys, shape, numbers("alpha", alpha), dtype);
}

/**
 * Numbers from 0 to 1 of beta distributions with the parameters `alpha` and `beta`, above 0: those that
 * `keras.random.beta` draws on JAX after the same seed.
 *
 * @example
 * beta([4], 2, [0.5, 1, 2, 4], { seed: 42 });
 */
export function beta(
  shape: readonly Dimension[],
  alpha: Parameter,
  beta: Parameter,
  options: DistributionOptions = {},
): Numeric {
  const { keys, dtype, numbers } = start("random.beta", shape, options);
  return betaNumbers(keys, shape, numbers("alpha", alpha), numbers("beta", beta), dtype);
}

/**
 * How many of `counts` trials succeed, each with the probability beside it: what `keras.random.binomial` draws on JAX
 * after the same seed. NaN where a count is below 0, or a probability not from 0 to 1.
 *
 * @example
 * binomial([4], 10, [0.1, 0.2, 0.5, 0.9], { seed: 42 });
 */
export function binomial(
  shape: readonly Dimension[],
  counts: Parameter,
  probabilities: Parameter,
  options: DistributionOptions = {},
): Numeric {
  const { keys, dtype, numbers } = start("random.binomial", shape, options);
  const trials = [numbers("counts", counts), numbers("probabilities", probabilities)].map((each) =>
    broadcastTo(asDType(each, "float32"), shape),
  );
  // JAX has no float64 by default.
  const drawn = dtype === "float64" ? "float32" : dtype;
  return asDType(distributionPrim("random_binomial", [keys.next(), ...trials], { dtype: drawn }), dtype);
}

/** What each of them begins with. */
function start(where: string, shape: readonly Dimension[], options: DistributionOptions) {
  checkOptions<DistributionOptions>(where, options, { dtype: true, seed: true });
  checkShape(where, shape);
  const dtype = floatIn(where, options.dtype);
  const numbers = (name: string, parameter: Parameter): OperandLike => {
    const given = tensorOfList(parameter);
    if (isOperand(given) || isNumber(given)) return given;
    throw new ShapeError(where, `expected numbers as ${name}, received ${inspect(parameter)}.`);
  };
  return { keys: keysOf(where, options.seed), dtype, numbers } as const;
}
