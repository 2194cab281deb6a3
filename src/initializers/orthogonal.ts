import { ModelError } from "../errors.ts";
import type { OptionsOf } from "../fields/field.ts";
import { float } from "../fields/shorthands.ts";
import { fromNumbers, toNumbers } from "../tensor/cast.ts";
import type { DType } from "../tensor/dtype.ts";
import { qr } from "../tensor/qr.ts";
import { normal } from "../tensor/random.ts";
import { formatShape, type StaticShape } from "../tensor/shape.ts";
import { affine } from "./affine.ts";
import { kerasRandomInitializer, type RandomOptions } from "./random-initializer.ts";

const fields = {
  /** Multiplies the matrix. Defaults to 1. */
  gain: float(1),
};

/** What {@link OrthogonalInitializer} takes. */
export interface OrthogonalInitializerOptions extends RandomOptions, OptionsOf<typeof fields> {}

/** A random orthogonal matrix: the last axis is its columns, all others its rows. */
export class OrthogonalInitializer extends kerasRandomInitializer(
  "Orthogonal",
  fields,
)<OrthogonalInitializerOptions> {
  override create(shape: StaticShape, dtype: DType) {
    const drawn = this.drawnDType(shape, dtype);
    if (shape.length < 2) {
      const message = `expected a variable of at least 2 dimensions, received shape ${formatShape(shape)}.`;
      throw new ModelError("OrthogonalInitializer", message);
    }
    const cols = shape.at(-1)!;
    const rows = shape.slice(0, -1).reduce((size, dimension) => size * dimension, 1);
    const [long, short] = [Math.max(rows, cols), Math.min(rows, cols)];
    const sample = toNumbers(normal(this.nextKey(), [long, short], drawn));
    const { q, r } = qr(sample, long, short);
    const numbers = new Float64Array(long * short);
    for (let i = 0; i < long; i++) {
      for (let j = 0; j < short; j++) {
        const at = rows < cols ? j * long + i : i * short + j;
        numbers[at] = q[i * short + j]! * Math.sign(r[j * short + j]!);
      }
    }
    return affine(fromNumbers(drawn, shape, numbers), this.gain);
  }
}
