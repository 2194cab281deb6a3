import type { OptionsOf } from "../../fields/field.ts";
import { positiveInt } from "../../fields/shorthands.ts";
import { add, divide, multiply, subtract } from "../../ops/arithmetic.ts";
import { clip } from "../../ops/clipping.ts";
import { equal, greater, lessEqual, where } from "../../ops/comparison.ts";
import { dimensions, reshapeTo } from "../../ops/dimensions.ts";
import { histograms, lookedUp } from "../../ops/image/histograms.ts";
import { asDType } from "../../ops/operands.ts";
import { cumsum } from "../../ops/order.ts";
import { max, min, sum } from "../../ops/reduction.ts";
import { round } from "../../ops/rounding.ts";
import { moveaxis } from "../../ops/transposing.ts";
import type { Numeric } from "../../program/emit.ts";
import type { LayerOptions } from "../define.ts";
import type { Change } from "./change.ts";
import { imageLayer } from "./image-layer.ts";
import { imageFields, rangeFields } from "./shared-fields.ts";

const fields = {
  ...imageFields({ since: "3.15" }),
  /** How many values are told apart. Defaults to 256. */
  bins: positiveInt(256),
  ...rangeFields,
};

/** What {@link Equalization} takes. */
export interface EqualizationOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Spreads the values of each channel so that each is about as frequent as the others, in a batch as a whole; passes images
 * on where a call says that it is not training. Shape in is shape out.
 * Source: Keras 3.8 `layers/preprocessing/image_preprocessing/equalization.py`.
 *
 * @example
 * const y = new Equalization({ value_range: [0, 1] }).apply(Input({ shape: [32, 32, 3] })); // [null, 32, 32, 3]
 */
export class Equalization extends imageLayer("Equalization", fields)<EqualizationOptions> {
  override change(_images: Numeric, training: boolean): Change {
    return { images: (images) => (training ? this.#equalized(images) : images) };
  }

  #equalized(given: Numeric): Numeric {
    const images = moveaxis(asDType(given, this.computeDtype), { source: this.channels, destination: 0 });
    const shape = dimensions(images);
    const rows = reshapeTo(images, [shape[0]!, -1]);
    const [least, most] = this.value_range;
    const isBytes = least === 0 && most === 255;
    const scale = 255 / (most - least);
    const bytes = isBytes ? rows : add(multiply(rows, scale), -least * scale);
    const equal = this.#equalizedRows(bytes);
    const scaled = isBytes ? equal : add(multiply(equal, (most - least) / 255), least);
    const back = moveaxis(reshapeTo(scaled, shape), { source: 0, destination: this.channels });
    return asDType(back, this.computeDtype);
  }

  /** Each row by itself, of values from 0 to 255. */
  #equalizedRows(rows: Numeric): Numeric {
    const last = this.bins - 1;
    const within = { x_min: 0, x_max: last };
    const place = divide(multiply(asDType(rows, "float32"), last), 255);
    const histogram = histograms(clip(asDType(place, "int32"), within), this.bins);
    const isOne = lessEqual(sum(asDType(greater(histogram, 0), "int32"), { axis: 1, keepdims: true }), 1);
    const counts = cumsum(histogram, { axis: 1 });
    const total = max(counts, { axis: 1, keepdims: true });
    const first = min(where(greater(counts, 0), counts, total), { axis: 1, keepdims: true });
    const rest = subtract(total, first);
    const shares = divide(multiply(subtract(counts, first), 255), where(equal(rest, 0), 1, rest));
    const table = clip(round(shares), { x_min: 0, x_max: 255 });
    const entry = asDType(clip(multiply(divide(rows, 255), last), within), "int32");
    return where(isOne, rows, lookedUp(table, entry));
  }
}
