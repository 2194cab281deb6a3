import { ShapeError } from "../errors.ts";
import { checkOptions } from "../json/check-options.ts";
import { inspect } from "../json/inspect.ts";
import { dimension, reshapeTo } from "../ops/dimensions.ts";
import { asDType, asFloat } from "../ops/operands.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { formatShape } from "../tensor/shape.ts";
import { integerIn } from "./check.ts";
import { uniform } from "./drawing.ts";
import type { RandintOptions } from "./integers.ts";
import { keysOf } from "./keys.ts";

/** The least normal number of float32. */
const tiny = 2 ** -126;

/**
 * Draws `num_samples` categories for each row of `logits`, of shape `(batch, categories)`: those that
 * `keras.random.categorical` draws on JAX after the same seed. Logits are counted in float32. The result has the shape
 * `(batch, num_samples)` and the dtype int32, or what `dtype` says.
 *
 * @example
 * categorical(tensor([[0.2, 0.3, 0.5]]), 4, { seed: 42 });
 */
export function categorical(logits: Operand, num_samples: number, options: RandintOptions = {}): Numeric {
  const where = "random.categorical";
  checkOptions<RandintOptions>(where, options, { dtype: true, seed: true });
  const dtype = integerIn(where, options.dtype);
  const rows = asFloat(logits);
  if (rows.shape.length !== 2) {
    const received = formatShape(rows.shape);
    throw new ShapeError(where, `expected logits of shape (batch, categories), received ${received}.`);
  }
  if (dtypeOf(rows) !== "float32") {
    throw new ShapeError(where, `expected logits of float32, received ${dtypeOf(rows)}.`);
  }
  if (!Number.isInteger(num_samples) || num_samples < 0) {
    throw new ShapeError(where, `expected num_samples of at least 0, received ${inspect(num_samples)}.`);
  }
  const [batch, categories] = [dimension(rows, 0), dimension(rows, 1)];
  const drawn = uniform(keysOf(where, options.seed), [batch, categories, num_samples], { min: tiny });
  const gumbel = prim("neg", [prim("log", [prim("neg", [prim("log", [drawn])])])]);
  const scores = prim("add", [gumbel, reshapeTo(rows, [batch, categories, 1])]);
  return asDType(prim("argmax", [scores], { axis: 1, keepdims: false }), dtype);
}
