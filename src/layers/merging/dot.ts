import { ConfigError, ShapeError } from "../../errors.ts";
import type { OptionsOf } from "../../fields/field.ts";
import { anInteger, either, listOf } from "../../fields/kinds.ts";
import { bool, shorthand } from "../../fields/shorthands.ts";
import { placeOf } from "../../graph/graph.ts";
import { inspect } from "../../json/inspect.ts";
import { maximum, multiply } from "../../ops/arithmetic.ts";
import { square } from "../../ops/elementwise.ts";
import { rsqrt } from "../../ops/float-functions.ts";
import { sum } from "../../ops/reduction.ts";
import { expandDims } from "../../ops/reshaping.ts";
import type { Numeric } from "../../program/emit.ts";
import { einsumPrim } from "../../program/rules/einsum.ts";
import { scalar } from "../../tensor/create.ts";
import { formatShape, type Shape } from "../../tensor/shape.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import { checkList, listOfTensors } from "./merge.ts";

const axesField = shorthand<number | readonly number[], number | readonly number[]>({
  ...either(listOf(anInteger, { length: 2 }), Array.isArray, anInteger),
  kind: "axes",
  toJson: (value) => (typeof value === "number" ? value : [...(value as readonly number[])]),
  parse: (input, problems) =>
    Number.isInteger(input) || (Array.isArray(input) && input.length === 2 && input.every(Number.isInteger))
      ? (input as number | readonly number[])
      : problems.expected("an integer or a list of 2 integers", input),
});

const fields = {
  /** The axis that is summed over: one number for both tensors, or one for each; not the batch, 0. */
  axes: axesField(),
  /** Whether both are first brought to length 1, so that the result is their cosine. Defaults to false. */
  normalize: bool(false),
};

/** What {@link Dot} takes. */
export interface DotOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * The dot product of two tensors of each sample, over one axis of each.
 * Source: Keras 3.6 `layers/merging/dot.py`.
 *
 * @example
 * const y = new Dot({ axes: 1 }).apply([Input({ shape: [8] }), Input({ shape: [8] })]); // [null, 1]
 */
export class Dot extends kerasLayer("Dot", fields, listOfTensors)<DotOptions> {
  static override readonly supportsMasking = true;

  override build(shapes: readonly Shape[]): void {
    checkList(this, shapes);
    const [a, b, ...more] = shapes;
    if (!b || more.length > 0)
      throw this.problem(`expected a list of 2 tensors, received ${shapes.length}.`, ShapeError);
    const [i, j] = this.#axesOf(a, b);
    const [m, n] = [a[i], b[j]];
    if (m !== null && n !== null && m !== n) {
      throw this.problem(
        `expected equal sizes of axis ${i} of the first and axis ${j} of the second input, received shapes ${formatShape(a)} and ${formatShape(b)}.`,
        ShapeError,
      );
    }
  }

  override call(inputs: readonly Numeric[]): Numeric {
    const [a, b] = inputs as readonly [Numeric, Numeric];
    const [i, j] = this.#axesOf(a.shape, b.shape);
    const left = Array.from(a.shape, (_, k) => (k === 0 ? "z" : k === i ? "y" : String.fromCharCode(97 + k)));
    const right = Array.from(b.shape, (_, k) =>
      k === 0 ? "z" : k === j ? "y" : String.fromCharCode(109 + k),
    );
    const output = [
      ...left.filter((letter) => letter !== "y"),
      ...right.filter((letter) => letter !== "y" && letter !== "z"),
    ];
    const ready = (x: Numeric, axis: number) => (this.normalize ? unit(x, axis) : x);
    const equation = `${left.join("")},${right.join("")}->${output.join("")}`;
    const product = einsumPrim("einsum", [ready(a, i), ready(b, j)], { equation });
    return product.shape.length === 1 ? expandDims(product, { axis: -1 }) : product;
  }

  override computeMask(): null {
    return null;
  }

  /** The axes as non-negative numbers; the batch is none of them. */
  #axesOf(a: Shape, b: Shape): [number, number] {
    const [i, j] = typeof this.axes === "number" ? [this.axes, this.axes] : (this.axes as [number, number]);
    const at = (axis: number, shape: Shape) => (axis < 0 ? axis + shape.length : axis);
    const found: [number, number] = [at(i, a), at(j, b)];
    if (found[0] < 1 || found[1] < 1 || found[0] >= a.length || found[1] >= b.length) {
      throw new ConfigError(
        `${placeOf(this)}.axes`,
        `expected axes behind the batch of shapes ${formatShape(a)} and ${formatShape(b)}, received ${inspect(this.axes)}.`,
      );
    }
    return found;
  }
}

function unit(x: Numeric, axis: number): Numeric {
  const squares = sum(square(x), { axis, keepdims: true });
  return multiply(x, rsqrt(maximum(squares, scalar(1e-12, squares.dtype))));
}
