import type { Numeric, Operand } from "../../program/emit.ts";
import { dataFormat, firstSpatialAxis } from "../data-format.ts";
import { kerasLayer } from "../define.ts";
import type { InputSpec } from "../input-spec.ts";
import { bothSides, padZeros, sides } from "./sides.ts";

/**
 * Adds zeros at a sequence's ends: `(batch, steps, channels)` to the same with more steps.
 * Source: Keras 3.6 `layers/reshaping/zero_padding1d.py`.
 *
 * @example
 * const y = new ZeroPadding1D({ padding: [3, 0] }).apply(Input({ shape: [10, 4] })); // [null, 13, 4]
 */
export class ZeroPadding1D extends kerasLayer("ZeroPadding1D", {
  /** Zeros added at the beginning and the end. */
  padding: bothSides(1),
  data_format: dataFormat(),
}) {
  override inputSpec: InputSpec = { rank: 3 };

  override call(x: Operand): Numeric {
    return padZeros(x, firstSpatialAxis(this.data_format), [this.padding]);
  }
}

/**
 * Adds rows and columns of zeros around an image: `(batch, height, width, channels)` to a larger one.
 * Source: Keras 3.6 `layers/reshaping/zero_padding2d.py`.
 *
 * @example
 * const y = new ZeroPadding2D({ padding: [[0, 1], [0, 1]] }).apply(Input({ shape: [28, 28, 3] })); // [null, 29, 29, 3]
 */
export class ZeroPadding2D extends kerasLayer("ZeroPadding2D", {
  /** What is added: `[[top, bottom], [left, right]]`. */
  padding: sides(2)(1),
  data_format: dataFormat(),
}) {
  override inputSpec: InputSpec = { rank: 4 };

  override call(x: Operand): Numeric {
    return padZeros(x, firstSpatialAxis(this.data_format), this.padding);
  }
}

/**
 * Adds zeros around a volume: `(batch, depth, height, width, channels)` to a larger one.
 * Source: Keras 3.6 `layers/reshaping/zero_padding3d.py`.
 *
 * @example
 * const y = new ZeroPadding3D({ padding: 2 }).apply(Input({ shape: [10, 10, 10, 3] })); // [null, 14, 14, 14, 3]
 */
export class ZeroPadding3D extends kerasLayer("ZeroPadding3D", {
  /** What is added before and behind, per dimension. */
  padding: sides(3)(1),
  data_format: dataFormat(),
}) {
  override inputSpec: InputSpec = { rank: 5 };

  override call(x: Operand): Numeric {
    return padZeros(x, firstSpatialAxis(this.data_format), this.padding);
  }
}
