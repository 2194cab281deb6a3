import { ConfigError, ShapeError } from "../errors.ts";
import { checkOptions } from "../json/check-options.ts";
import { inspect } from "../json/inspect.ts";
import { asOperand } from "../ops/operands.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { isFloat } from "../tensor/dtype.ts";
import { dropout as drop, type NoiseShape } from "./drawing.ts";
import { keysOf, type SeedOption } from "./keys.ts";

/** Settings of {@link dropout}. */
export interface DropoutOptions extends SeedOption {
  /** Axes of size 1 share one fate; null stands for the size of the input. Defaults to null: the input's shape. */
  readonly noise_shape?: NoiseShape | null;
}

/**
 * Sets elements of a float tensor to 0 with probability `rate` and divides the others by `1 - rate`: those that
 * `keras.random.dropout` drops on JAX after the same seed.
 *
 * @example
 * dropout(tensor([[1, 2, 3]], { dtype: "float32" }), 0.5, { seed: 42 });
 */
export function dropout(inputs: Operand, rate: number, options: DropoutOptions = {}): Numeric {
  const where = "random.dropout";
  checkOptions<DropoutOptions>(where, options, { noise_shape: true, seed: true });
  const dtype = dtypeOf(asOperand(inputs));
  if (!isFloat(dtype)) throw new ShapeError(where, `expected floats, received ${dtype}.`);
  if (!(rate >= 0 && rate <= 1)) {
    throw new ConfigError(where, `expected a rate from 0 to 1, received ${inspect(rate)}.`);
  }
  return drop(inputs, rate, keysOf(where, options.seed), options.noise_shape ?? null);
}
