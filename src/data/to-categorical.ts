import { ShapeError } from "../errors.ts";
import { checkOption, checkOptions, type OptionKind } from "../json/check-options.ts";
import { inspect } from "../json/inspect.ts";
import { toNumbers } from "../tensor/cast.ts";
import { fromNested, type NestedArray } from "../tensor/create.ts";
import { Tensor } from "../tensor/tensor.ts";

/** How classes become rows. */
export interface CategoricalOptions {
  /** How many classes there are. Defaults to one more than the largest. */
  readonly num_classes?: number | null | undefined;
}

const aClassCount: OptionKind = [
  "a positive integer",
  (given) => Number.isInteger(given) && Number(given) > 0,
];

/**
 * Numbers of classes, from 0 on, as rows of 0 with a single 1, for losses such as `"categorical_crossentropy"`: from
 * `(…)` or `(…, 1)` to `(…, num_classes)`. Source: Keras 3.6 `utils/numerical_utils.py`.
 *
 * @throws ShapeError where a number is that of no class.
 * @example
 * import { toCategorical } from "ceratops/data";
 *
 * const rows = toCategorical([0, 2], { num_classes: 3 }).toArray(); // [[1, 0, 0], [0, 0, 1]]
 */
export function toCategorical(x: NestedArray | Tensor, options: CategoricalOptions = {}): Tensor {
  const where = "toCategorical";
  checkOptions(where, options, { num_classes: true }, ShapeError);
  checkOption(where, options, "num_classes", aClassCount, ShapeError);
  const tensor = x instanceof Tensor ? x : fromNested(x);
  if (tensor.strings) throw new ShapeError(where, "expected numbers of classes, received texts.");
  const classes = Array.from(toNumbers(tensor), Math.trunc);
  let depth = options.num_classes ?? 0;
  if (depth === 0) for (const one of classes) if (one >= depth) depth = one + 1;
  if (depth === 0)
    throw new ShapeError(where, "expected num_classes where there are no numbers, received none.");
  const wrong = classes.find((one) => !(one >= 0 && one < depth));
  if (wrong !== undefined)
    throw new ShapeError(where, `expected integers from 0 to ${depth - 1}, received ${inspect(wrong)}.`);
  const rows = new Float32Array(classes.length * depth);
  for (const [i, one] of classes.entries()) rows[i * depth + one] = 1;
  const { shape } = tensor;
  const lead = shape.length > 1 && shape.at(-1) === 1 ? shape.slice(0, -1) : shape;
  return new Tensor("float32", [...lead, depth], rows);
}
