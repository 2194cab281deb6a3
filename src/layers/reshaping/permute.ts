import type { OptionsOf } from "../../fields/field.ts";
import { aPositiveInteger, type Kind, listOf } from "../../fields/kinds.ts";
import { shorthand } from "../../fields/shorthands.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import { prim } from "../../program/prim.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import type { InputSpec } from "../input-spec.ts";

const expected = "the integers from 1 on, each once, in any order";
const indices = listOf(aPositiveInteger);

const aPermutation: Kind<readonly number[], readonly number[]> = {
  ...indices,
  expected,
  parse(input, problems) {
    const axes = new Set<unknown>(Array.isArray(input) ? input : []);
    const fits = Array.isArray(input) && input.every((_, i) => axes.has(i + 1));
    return fits ? indices.parse(input, problems) : problems.expected(expected, input);
  },
};

const fields = {
  /** The dimension that comes in each place, counted from 1; the batch stays in front. */
  dims: shorthand(aPermutation)(),
};

/** What {@link Permute} takes. */
export interface PermuteOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Puts the dimensions of each sample in another order: with `dims` `[2, 1]`, `(batch, a, b)` to `(batch, b, a)`.
 * Source: Keras 3.6 `layers/reshaping/permute.py`.
 *
 * @example
 * const y = new Permute({ dims: [2, 1] }).apply(Input({ shape: [10, 64] })); // [null, 64, 10]
 */
export class Permute extends kerasLayer("Permute", fields)<PermuteOptions> {
  override inputSpec: InputSpec = { rank: this.dims.length + 1 };

  override call(x: Operand): Numeric {
    return prim("transpose", [x], { perm: [0, ...this.dims] });
  }
}
