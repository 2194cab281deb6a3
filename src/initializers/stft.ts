import { ConfigError, ModelError } from "../errors.ts";
import type { OptionsOf } from "../fields/field.ts";
import { anyJson, nullable, oneOf, optional } from "../fields/kinds.ts";
import { bool, choice } from "../fields/shorthands.ts";
import { inspect } from "../json/inspect.ts";
import { fromNested, fromNumbers, type NestedArray, toNumbers } from "../tensor/create.ts";
import type { DType } from "../tensor/dtype.ts";
import { formatShape, type StaticShape } from "../tensor/shape.ts";
import { checkWanted, kerasInitializer } from "./initializer.ts";

/** Windows that are sums of cosines, by their amplitudes. */
const windows: Readonly<Record<string, readonly number[]>> = {
  boxcar: [1],
  hann: [0.5, 0.5],
  hamming: [0.54, 0.46],
  blackman: [0.42, 0.5, 0.08],
};

const fields = {
  /** Which part of the complex numbers the kernel gives. Defaults to "real". */
  side: choice("real", "imag")("real"),
  /** The window: `"boxcar"`, `"hann"`, `"hamming"`, `"blackman"`, a list of numbers as long as the frame, or null. Defaults to "hann". */
  window: optional(anyJson, "hann"),
  /** Whether the window is one period rather than symmetric. Defaults to false. */
  periodic: bool(false),
  /** What the result is divided by: the root of the window's squares, its sum, or null, nothing. Defaults to "density". */
  scaling: optional(nullable(oneOf("density", "spectrum")), "density"),
};

/** What {@link STFT} takes. */
export interface STFTOptions extends OptionsOf<typeof fields> {}

/**
 * The kernel of a convolution that computes a short-time Fourier transform: shape `(frame, 1, frequencies)`.
 * Source: Keras 3.15 `initializers/constant_initializers.py`.
 */
export class STFT extends kerasInitializer("STFT", fields)<STFTOptions> {
  override create(shape: StaticShape, dtype: DType) {
    checkWanted(this, shape, dtype);
    const [frame, , frequencies] = shape;
    if (shape.length !== 3) {
      const message = `expected a variable of 3 dimensions, received shape ${formatShape(shape)}.`;
      throw new ModelError("STFT", message);
    }
    return this.#kernel(frame!, frequencies!, shape, dtype);
  }

  #kernel(frame: number, frequencies: number, shape: StaticShape, dtype: DType) {
    const window = this.#window(frame);
    const scale = window ? this.#scale(window) : 1;
    const wave = this.side === "real" ? Math.cos : Math.sin;
    const numbers = new Float64Array(shape.reduce((size, dimension) => size * dimension, 1));
    const channels = shape[1]!;
    for (let i = 0; i < numbers.length; i++) {
      const frequency = i % frequencies;
      const time = Math.floor(i / (frequencies * channels));
      const angle = (-2 * Math.PI * time * frequency) / ((frequencies - 1) * 2);
      numbers[i] = (wave(angle) * (window?.[time] ?? 1)) / scale;
    }
    return fromNumbers(dtype, shape, numbers);
  }

  #scale(window: ArrayLike<number>): number {
    const values = Array.from(window);
    if (this.scaling === "density") return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
    return this.scaling === "spectrum" ? values.reduce((sum, value) => sum + Math.abs(value), 0) : 1;
  }

  #window(length: number): ArrayLike<number> | null {
    const { window } = this;
    if (window === null) return null;
    const amplitudes =
      typeof window === "string" && Object.hasOwn(windows, window) ? windows[window] : undefined;
    if (amplitudes) {
      const period = this.periodic ? length : length - 1;
      return Float64Array.from({ length }, (_, n) =>
        amplitudes.reduce(
          (sum, a, k) => sum + (k % 2 ? -a : a) * Math.cos((2 * Math.PI * k * n) / (period || 1)),
          0,
        ),
      );
    }
    const values = Array.isArray(window) ? toNumbers(fromNested(window as NestedArray)) : null;
    if (values?.length === length) return values;
    const names = Object.keys(windows).join(", ");
    throw new ConfigError(
      "STFT.window",
      `expected a list of ${length} numbers or one of ${names}, received ${inspect(window)}.`,
    );
  }
}
