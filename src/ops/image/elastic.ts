import { ConfigError, ShapeError } from "../../errors.ts";
import { anyInteger, type Kind, nullable, optional } from "../../fields/kinds.ts";
import { float } from "../../fields/shorthands.ts";
import { inspect } from "../../json/inspect.ts";
import { dtypeOf, type Numeric, type Operand } from "../../program/emit.ts";
import { prim } from "../../program/prim.ts";
import { isFloat } from "../../tensor/dtype.ts";
import type { RandomFloat } from "../../tensor/random.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { dataFormat } from "../convolution.ts";
import { arange } from "../creation.ts";
import { unary } from "../define.ts";
import { type Dimension, dimensions, reshapeTo } from "../dimensions.ts";
import { normalFor } from "../drawn.ts";
import { asDType, asOperand } from "../operands.ts";
import { squeeze } from "../reshaping.ts";
import { sliceAxis } from "../slice-axis.ts";
import { inChannelsLast } from "../window.ts";
import { interpolation, sampleImages } from "./affine.ts";
import { CALL, inBatch } from "./axes.ts";
import { filtered } from "./blur.ts";
import { fillMode, type Sampling } from "./sample.ts";

/** What gives a key for each drawing, as a `SeedGenerator`. */
interface Keys {
  next(): Numeric;
}

type Seed = number | bigint | Keys;

const isKeys = (input: unknown): input is Keys =>
  typeof input === "object" && input !== null && "next" in input && typeof input.next === "function";

/** What random numbers begin with; configs have integers alone. */
const aSeed: Kind<Seed, Seed> = {
  kind: "seed",
  expected: "an integer or a SeedGenerator",
  schema: anyInteger.schema,
  parse: (input, problems) => {
    if (isKeys(input) || typeof input === "bigint" || Number.isInteger(input)) return input as Seed;
    return problems.expected(aSeed.expected, input);
  },
  toJson(seed) {
    if (!isKeys(seed)) return seed;
    throw new ConfigError(
      "ElasticTransform",
      "expected a seed that is an integer or null in a config, received a SeedGenerator.",
    );
  },
};

/**
 * Images stretched and squeezed in places, as if they were of rubber, at random: `(batch, height, width, channels)`, or one
 * image without a batch, of a float dtype. Shape in is shape out. A model draws without a seed when it is traced, then the
 * same in each call. Of Keras 3.10.
 *
 * @example
 * const moved = image.elasticTransform(tensor([[[[0], [1]], [[2], [3]]]], { dtype: "float32" }), { alpha: 5, seed: 42 });
 */
export const elasticTransform = /* @__PURE__ */ unary(
  "image.ElasticTransform",
  (x, options) =>
    inBatch(asOperand(x), (images) =>
      inChannelsLast(images, options.data_format, (batch) => {
        const given = dtypeOf(batch);
        if (!isFloat(given)) {
          throw new ShapeError("image", `expected images of a float dtype, received ${given}.`);
        }
        const dtype = given === "float64" ? given : "float32";
        const [alpha, sigma] = [asDType(options.alpha, dtype), asDType(options.sigma, dtype)];
        // The next odd number.
        const size = 2 * Math.floor(Math.trunc(Math.fround(6 * Math.fround(options.sigma))) / 2) + 1;
        if (!(size >= 1 && size < Number.POSITIVE_INFINITY)) {
          throw new ShapeError(
            "image",
            `expected a finite sigma of at least 0, received ${inspect(options.sigma)}.`,
          );
        }
        const key = keyOf(options.seed);
        const noise = (shape: readonly Dimension[]) => normalFor(key, shape, given as RandomFloat);
        return elasticallyMoved(
          batch,
          { alpha, sigma, size, noise },
          {
            isLinear: options.interpolation === "bilinear",
            mode: options.fill_mode,
            fill: options.fill_value,
          },
        );
      }),
    ),
  () => ({
    /** How far pixels move, in pixels. Defaults to 20. */
    alpha: float(20),
    /** How smoothly, as a standard deviation in pixels. Defaults to 5. */
    sigma: float(5),
    /** How values between pixels are made. Defaults to "bilinear". */
    interpolation: interpolation("bilinear"),
    /** What stands outside of the image. Defaults to "reflect", the image mirrored at its borders. */
    fill_mode: fillMode("reflect"),
    /** The value outside, for `"constant"`. Defaults to 0. */
    fill_value: float(0),
    /**
     * An integer, after which the same numbers are drawn in each call, or a `SeedGenerator`, after which each call draws
     * others. Defaults to null: numbers at random.
     */
    seed: optional(nullable(aSeed), null),
    /** Where the channels are: `"channels_first"` is before height and width. Defaults to "channels_last". */
    data_format: dataFormat(),
  }),
  CALL,
);

/** How many places of a kernel are added up one by one at most. */
const ADDED = 2 ** 16;

function keyOf(seed: Seed | null): Numeric {
  if (isKeys(seed)) return seed.next();
  const word = seed === null ? Math.floor(Math.random() * 2 ** 32) : Number(BigInt.asUintN(32, BigInt(seed)));
  return new Tensor("uint32", [2], Uint32Array.of(word, 0));
}

/** How pixels move. */
export interface Elastic {
  /** How far: scalars that are known when a program runs. */
  readonly alpha: Numeric;
  /** How smoothly, as a standard deviation in pixels, of the same dtype. */
  readonly sigma: Numeric;
  /** How many places of a row three standard deviations on both sides have at most. */
  readonly size: number;
  /** Numbers of the standard normal distribution in a shape. */
  readonly noise: (shape: readonly Dimension[]) => Numeric;
}

/** A batch of images of the format channels-last whose pixels move across and down alike, by noise that is blurred. */
export function elasticallyMoved(
  images: Operand,
  { alpha, sigma, size, noise }: Elastic,
  sampling: Sampling,
): Numeric {
  const [count, height, width] = dimensions(images) as [Dimension, Dimension, Dimension, Dimension];
  const dtype = dtypeOf(sigma);
  const rough = prim("mul", [asDType(noise([count, height, width, 1]), dtype), sigma]);
  const [down, across] = [kernelOf(sigma, size, height), kernelOf(sigma, size, width)];
  const smooth = filtered(
    filtered(rough, reshapeTo(down, [down.shape[0] as number, 1])),
    reshapeTo(across, [1, across.shape[0] as number]),
  );
  const moves = prim("mul", [alpha, squeeze(smooth, { axis: -1 })]);
  const y = reshapeTo(asDType(arange(height), dtype), [1, height, 1]);
  const x = reshapeTo(asDType(arange(width), dtype), [1, 1, width]);
  return sampleImages(images, prim("add", [y, moves]), prim("add", [x, moves]), sampling);
}

/**
 * Shares, along one axis, of a normal distribution in so many places as lie within three standard deviations, at each of
 * the places that may be needed at most: no further away than images of so many pixels reach.
 */
function kernelOf(sigma: Numeric, size: number, pixels: Dimension): Numeric {
  const kept = typeof pixels === "number" ? Math.max(1, Math.min(size, 2 * pixels - 1)) : size;
  const reach = floor(times(floor(times(sigma, 6)), 0.5));
  const known = size > ADDED ? kept : size;
  const weights = weightsOf(sigma, reach, known);
  const total =
    size > ADDED ? integral(sigma, reach) : prim("reduce_sum", [weights], { axes: [0], keepdims: true });
  const first = (known - kept) / 2;
  return prim("div", [sliceAxis(weights, 0, first, first + kept), total]);
}

/** The normal distribution in the middle one of so many places and on both sides of it, where it is within reach. */
function weightsOf(sigma: Numeric, reach: Numeric, size: number): Numeric {
  const dtype = dtypeOf(sigma);
  const places = prim("sub", [asDType(arange(size), dtype), asDType((size - 1) / 2, dtype)]);
  const distance = prim("div", [places, sigma]);
  const all = prim("exp", [times(prim("mul", [distance, distance]), -0.5)]);
  return prim("select", [prim("le", [prim("abs", [places]), reach]), all, asDType(0, dtype)]);
}

/** What all weights within reach add up to, where they are too many to be added. */
function integral(sigma: Numeric, reach: Numeric): Numeric {
  const end = prim("div", [prim("add", [reach, asDType(0.5, dtypeOf(sigma))]), times(sigma, Math.SQRT2)]);
  return prim("mul", [times(sigma, Math.sqrt(2 * Math.PI)), prim("erf", [end])]);
}

function times(x: Numeric, factor: number): Numeric {
  return prim("mul", [x, asDType(factor, dtypeOf(x))]);
}

function floor(x: Numeric): Numeric {
  return prim("floor", [x]);
}
