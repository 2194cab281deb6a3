import type { OptionsOf } from "../../fields/field.ts";
import { float, size } from "../../fields/shorthands.ts";
import { add, divide, minimum, multiply, subtract } from "../../ops/arithmetic.ts";
import { clip } from "../../ops/clipping.ts";
import { equal, where } from "../../ops/comparison.ts";
import { arange } from "../../ops/creation.ts";
import { dimension, reshapeTo } from "../../ops/dimensions.ts";
import { histograms } from "../../ops/image/histograms.ts";
import { pad } from "../../ops/indexing.ts";
import { asDType } from "../../ops/operands.ts";
import { cumsum } from "../../ops/order.ts";
import { min, sum } from "../../ops/reduction.ts";
import { sliceAxis } from "../../ops/slice-axis.ts";
import { transpose } from "../../ops/transposing.ts";
import { inChannelsLast } from "../../ops/window.ts";
import type { Numeric } from "../../program/emit.ts";
import { gatherPrim } from "../../program/rules/gather.ts";
import { isAbstract } from "../../program/value.ts";
import type { LayerOptions } from "../define.ts";
import type { Change } from "./change.ts";
import { givenRange } from "./fields.ts";
import { imageLayer } from "./image-layer.ts";
import { knownSizes } from "./known-sizes.ts";
import { imageFields } from "./shared-fields.ts";
import { betweenTiles, type Neighbors } from "./tiles.ts";
import { inRange } from "./value-range.ts";

const fields = {
  ...imageFields(),
  /** The least and the largest value of a pixel. Defaults to [0, 255]. */
  value_range: givenRange(),
  /** How often a value may be at most in a tile, as a multiple of the average; 0 is as often as it is. Defaults to 4. */
  clip_limit: float(4),
  /** How many tiles there are down and across. Defaults to [8, 8]. */
  tile_grid_size: size(2)([8, 8]),
};

/** What {@link ContrastLimitedAdaptiveHistogramEqualization} takes. */
export interface ContrastLimitedAdaptiveHistogramEqualizationOptions
  extends LayerOptions,
    OptionsOf<typeof fields> {}

/**
 * Spreads the values of each tile of each image and channel so that each is about as frequent as the others (CLAHE), in
 * training and otherwise; between the middles of tiles it goes over from one to the next. Shape in is shape out; height
 * and width must be known where it computes.
 * Source: Keras 3.14 `layers/preprocessing/image_preprocessing/clahe.py`.
 *
 * @example
 * const clahe = new ContrastLimitedAdaptiveHistogramEqualization({ tile_grid_size: [4, 4] });
 * const y = clahe.apply(Input({ shape: [32, 32, 3] })); // [null, 32, 32, 3]
 */
export class ContrastLimitedAdaptiveHistogramEqualization extends imageLayer(
  "ContrastLimitedAdaptiveHistogramEqualization",
  fields,
)<ContrastLimitedAdaptiveHistogramEqualizationOptions> {
  override change(): Change {
    return { images: (images) => (isAbstract(images) ? images : this.#equalized(images)) };
  }

  #equalized(images: Numeric): Numeric {
    const sizes = knownSizes(this, images);
    const equalized = inChannelsLast(images, this.data_format, (batch) =>
      inRange(batch as Numeric, this.value_range, "float32", (pixels) => this.#inTiles(pixels, sizes)),
    );
    return asDType(equalized, images.dtype);
  }

  /** Of images channels-last, with values from 0 to 255. */
  #inTiles(images: Numeric, [height, width]: readonly [number, number]): Numeric {
    const [down, across] = this.tile_grid_size as readonly [number, number];
    const [high, wide] = [Math.ceil(height / down), Math.ceil(width / across)];
    const [below, aside] = [high * down - height, wide * across - width];
    const pad_width = [
      [0, 0],
      [0, below],
      [0, aside],
      [0, 0],
    ];
    const whole = below + aside > 0 ? pad(images, { pad_width, mode: "symmetric" }) : images;
    const values = asDType(clip(whole, { x_min: 0, x_max: 255 }), "int32");
    const channels = dimension(images, 3);
    const tiles = transpose(reshapeTo(values, [-1, down, high, across, wide, channels]), {
      axes: [0, 1, 3, 5, 2, 4],
    });
    const tables = reshapeTo(this.#tables(reshapeTo(tiles, [-1, high * wide])), [-1]);
    const first = multiply(asDType(arange(dimension(images, 0)), "int32"), down * across);
    const image = reshapeTo(first, [-1, 1, 1, 1]);
    const rows = betweenTiles(down, high);
    const columns = betweenTiles(across, wide);
    const read = (row: Numeric, column: Numeric) => {
      const tile = add(add(image, multiply(row, across)), column);
      const table = add(multiply(tile, channels), asDType(arange(channels), "int32"));
      return gatherPrim("gather", [tables, add(multiply(table, 256), values)], { axis: 0 });
    };
    const mixed = (one: Numeric, next: Numeric, share: Numeric) =>
      add(multiply(one, subtract(1, share)), multiply(next, share));
    const [row, nextRow, downwards] = along(rows, [1, -1, 1, 1]);
    const [column, nextColumn, sideways] = along(columns, [1, 1, -1, 1]);
    const above = mixed(read(row, column), read(row, nextColumn), sideways);
    const under = mixed(read(nextRow, column), read(nextRow, nextColumn), sideways);
    return sliceAxis(sliceAxis(mixed(above, under, downwards), 1, 0, height), 2, 0, width);
  }

  /** What each value becomes in each of the tiles `(tiles, pixels)`: `(tiles, 256)`. */
  #tables(tiles: Numeric): Numeric {
    const pixels = tiles.shape[1] as number;
    const counted = asDType(histograms(tiles, 256), "float32");
    const axes = { axis: 1, keepdims: true };
    const counts = cumsum(this.#limited(counted, pixels), { axis: 1 });
    const least = min(counts, axes);
    const rest = subtract(pixels, least);
    const shares = divide(multiply(subtract(counts, least), 255), where(equal(rest, 0), 1, rest));
    return clip(shares, { x_min: 0, x_max: 255 });
  }

  /** What is too often counts for all values alike. */
  #limited(counts: Numeric, pixels: number): Numeric {
    if (this.clip_limit <= 0) return counts;
    const clipped = minimum(counts, (this.clip_limit * pixels) / 256);
    const excess = sum(subtract(counts, clipped), { axis: 1, keepdims: true });
    return add(clipped, divide(excess, 256));
  }
}

function along({ tile, next, share }: Neighbors, shape: readonly number[]): [Numeric, Numeric, Numeric] {
  return [reshapeTo(tile, shape), reshapeTo(next, shape), reshapeTo(share, shape)];
}
