import { ShapeError } from "../../errors.ts";
import type { OptionsOf } from "../../fields/field.ts";
import { int } from "../../fields/shorthands.ts";
import { logicalAnd } from "../../ops/comparison.ts";
import { onesLike } from "../../ops/filling.ts";
import { concatenate as concat } from "../../ops/joining.ts";
import { any } from "../../ops/reduction.ts";
import { expandDims } from "../../ops/reshaping.ts";
import { pairs } from "../../pairs.ts";
import type { Numeric } from "../../program/emit.ts";
import { formatShape, type Shape } from "../../tensor/shape.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import { checkList, listOfTensors } from "./merge.ts";

const fields = {
  /** The axis they are joined along. Defaults to -1. */
  axis: int(-1),
};

/** What {@link Concatenate} takes. */
export interface ConcatenateOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Puts a list of tensors one after the other along an axis. Source: Keras 3.6 `layers/merging/concatenate.py`.
 *
 * @example
 * const y = new Concatenate().apply([Input({ shape: [4] }), Input({ shape: [6] })]); // [null, 10]
 */
export class Concatenate extends kerasLayer("Concatenate", fields, listOfTensors)<ConcatenateOptions> {
  static override readonly supportsMasking = true;

  override build(shapes: readonly Shape[]): void {
    checkList(this, shapes);
    const [first] = shapes;
    const axis = this.axis < 0 ? this.axis + first.length : this.axis;
    const fits = (a: Shape) =>
      a.length === first.length &&
      a.every((n, i) => i === axis || i === 0 || n === null || first[i] === null || n === first[i]);
    if (axis >= first.length || axis < 0 || !shapes.every(fits)) {
      throw this.problem(
        `expected shapes that are equal but for axis ${this.axis}, received ${shapes.map(formatShape).join(", ")}.`,
        ShapeError,
      );
    }
  }

  override call(inputs: readonly Numeric[]): Numeric {
    return concat(inputs, { axis: this.axis });
  }

  override computeMask(inputs: readonly Numeric[], masks: readonly (Numeric | null)[]): Numeric | null {
    if (masks.every((mask) => mask === null)) return null;
    const wide = pairs(inputs, masks).map(([input, mask]) => {
      const whole = onesLike(input, { dtype: "bool" });
      if (mask === null) return whole;
      return mask.shape.length < input.shape.length
        ? logicalAnd(expandDims(mask, { axis: -1 }), whole)
        : mask;
    });
    return any(concat(wide, { axis: this.axis }), { axis: -1 });
  }
}
