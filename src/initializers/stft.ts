import { ConfigError, ModelError } from "../errors.ts";
import type { OptionsOf } from "../fields/field.ts";
import { anyJson, nullable, oneOf, optional } from "../fields/kinds.ts";
import { bool, choice } from "../fields/shorthands.ts";
import { inspect } from "../json/inspect.ts";
import { fromNested, fromNumbers, type NestedArray, toNumbers } from "../tensor/create.ts";
import type { DType } from "../tensor/dtype.ts";
import { formatShape, type StaticShape } from "../tensor/shape.ts";
import { checkWanted, kerasInitializer } from "./initializer.ts";
import { windowNamed, windowNames } from "./stft-windows.ts";

const fields = {
  /** Which part of the complex numbers the kernel gives. Defaults to "real". */
  side: choice("real", "imag")("real"),
  /** The window: the name that SciPy has for one without parameters, a list of numbers as long as the frame, or null. Defaults to "hann". */
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

  /** As rounded as Keras computes it: the angles are large enough for that to be seen. */
  #kernel(frame: number, frequencies: number, shape: StaticShape, dtype: DType) {
    const rounded = dtype === "float64" ? (value: number) => value : Math.fround;
    const window = this.#window(frame)?.map(rounded);
    const scale = rounded(window ? this.#scale(window) : 1);
    const wave = this.side === "real" ? Math.cos : Math.sin;
    const numbers = new Float64Array(shape.reduce((size, dimension) => size * dimension, 1));
    const channels = shape[1]!;
    const half = rounded(Math.PI);
    for (let i = 0; i < numbers.length; i++) {
      const frequency = rounded((i % frequencies) / ((frequencies - 1) * 2));
      const time = Math.floor(i / (frequencies * channels));
      const value = rounded(wave(rounded(rounded(-2 * time * frequency) * half)));
      numbers[i] = window ? rounded(value * window[time]!) / scale : value;
    }
    return fromNumbers(dtype, shape, numbers);
  }

  #scale(values: Float64Array): number {
    if (this.scaling === "density") return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
    return this.scaling === "spectrum" ? values.reduce((sum, value) => sum + Math.abs(value), 0) : 1;
  }

  #window(length: number): Float64Array | null {
    const { window } = this;
    if (window === null) return null;
    const named = typeof window === "string" ? windowNamed(window, length, this.periodic) : undefined;
    if (named) return named;
    const values = Array.isArray(window) ? toNumbers(fromNested(window as NestedArray)) : null;
    if (values?.length === length) return Float64Array.from(values);
    throw new ConfigError(
      "STFT.window",
      `expected a list of ${length} numbers or one of ${windowNames.join(", ")}, received ${inspect(window)}.`,
    );
  }
}
