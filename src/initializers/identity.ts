import { ModelError } from "../errors.ts";
import type { OptionsOf } from "../fields/field.ts";
import { float } from "../fields/shorthands.ts";
import { fromNumbers } from "../tensor/cast.ts";
import type { DType } from "../tensor/dtype.ts";
import { formatShape, type StaticShape } from "../tensor/shape.ts";
import { checkWanted, kerasInitializer } from "./initializer.ts";

const fields = {
  /** Multiplies the matrix. Keras takes it and does not write it into configs, which we do. Defaults to 1. */
  gain: float(null, { omitIfDefault: true }),
};

/** What {@link IdentityInitializer} takes. */
export interface IdentityInitializerOptions extends OptionsOf<typeof fields> {}

/** The identity matrix. */
export class IdentityInitializer extends kerasInitializer("Identity", fields)<IdentityInitializerOptions> {
  override create(shape: StaticShape, dtype: DType) {
    checkWanted(this, shape, dtype);
    if (shape.length !== 2) {
      const message = `expected a variable of 2 dimensions, received shape ${formatShape(shape)}.`;
      throw new ModelError("IdentityInitializer", message);
    }
    const [rows, cols] = shape as [number, number];
    const numbers = new Float64Array(rows * cols);
    for (let i = 0; i < Math.min(rows, cols); i++) numbers[i * cols + i] = this.gain ?? 1;
    return fromNumbers(dtype, shape, numbers);
  }
}
