import { ShapeError } from "../../errors.ts";
import type { OptionsOf } from "../../fields/field.ts";
import { anyJson, nullable, oneOf, optional } from "../../fields/kinds.ts";
import { bool, choice, positiveInt } from "../../fields/shorthands.ts";
import { STFT } from "../../initializers/stft.ts";
import { windowNamed, windowNames } from "../../initializers/stft-windows.ts";
import { inspect } from "../../json/inspect.ts";
import { add, maximum } from "../../ops/arithmetic.ts";
import { conv } from "../../ops/convolution.ts";
import { calculate, dimension, reshapeTo } from "../../ops/dimensions.ts";
import { square } from "../../ops/elementwise.ts";
import { log, sqrt } from "../../ops/float-functions.ts";
import { concatenate } from "../../ops/joining.ts";
import { permute } from "../../ops/moving.ts";
import { asDType } from "../../ops/operands.ts";
import { sliceAxis } from "../../ops/slice-axis.ts";
import { arctan2 } from "../../ops/trigonometry.ts";
import type { Numeric } from "../../program/emit.ts";
import { piecePrim } from "../../program/rules/piece.ts";
import type { Variable } from "../../program/variable.ts";
import { scalar } from "../../tensor/create.ts";
import { channelAxis, dataFormat } from "../data-format.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import type { InputSpec } from "../input-spec.ts";
import { optionProblem } from "../option-problem.ts";

const fields = {
  /**
   * What comes out: `"log"`, logarithms of magnitudes; `"magnitude"`; `"psd"`, powers; `"real"`; `"imag"`; `"angle"`;
   * `"stft"`, real and imaginary parts behind each other. Defaults to "log".
   */
  mode: choice("log", "magnitude", "psd", "real", "imag", "angle", "stft")("log"),
  /** How many samples a frame has. Defaults to 256. */
  frame_length: positiveInt(256),
  /** How many samples the beginnings of frames are apart, at most `frame_length`. Defaults to half of it. */
  frame_step: positiveInt(null),
  /** How many samples are transformed, at least `frame_length`: zeros follow. Defaults to the next power of 2. */
  fft_length: positiveInt(null),
  /** What frames are multiplied by: the name that SciPy has for a window, a list of numbers, or null for nothing. Defaults to "hann". */
  window: optional(anyJson, "hann"),
  /** Whether the window is one period rather than symmetric. Defaults to false. */
  periodic: bool(false),
  /** What the window is divided by: `"density"`, the root of its squares; `"spectrum"`, its sum; or null, nothing. Defaults to "density". */
  scaling: optional(nullable(oneOf("density", "spectrum")), "density"),
  /** `"valid"`: only whole frames; `"same"`: zeros around, so that each step has a frame. Defaults to "valid". */
  padding: choice("valid", "same")("valid"),
  /** Where the channels are. Defaults to "channels_last". */
  data_format: dataFormat(),
  /** Whether frequencies have an axis of their own, beside that of the channels. Defaults to false. */
  expand_dims: bool(false),
};

/** What {@link STFTSpectrogram} takes. */
export interface STFTSpectrogramOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * The short-time Fourier transform of each channel of a signal, by convolution with kernels that can be trained: from
 * `(batch, samples, channels)` to `(batch, frames, channels · frequencies)`, or with `expand_dims` to
 * `(batch, frames, frequencies, channels)`, where there are `fft_length // 2 + 1` frequencies.
 * Source: Keras 3.7 `layers/preprocessing/stft_spectrogram.py`.
 *
 * @example
 * const layer = new STFTSpectrogram({ frame_length: 64, expand_dims: true });
 * const y = layer.apply(Input({ shape: [640, 1] })); // [null, 19, 33, 1]
 */
export class STFTSpectrogram extends kerasLayer("STFTSpectrogram", fields)<STFTSpectrogramOptions> {
  declare real_kernel: Variable | undefined;
  declare imag_kernel: Variable | undefined;

  override inputSpec: InputSpec = { rank: 3 };

  constructor(options: STFTSpectrogramOptions = {}) {
    super(options);
    const { frame_length: frame, frame_step: step, fft_length: length, window } = this;
    const wrong = (option: string, message: string) => optionProblem("STFTSpectrogram", option, message);
    if (frame < 2) throw wrong("frame_length", `expected an integer of at least 2, received ${frame}.`);
    if (step !== null && step > frame)
      throw wrong("frame_step", `expected at most the frame_length ${frame}, received ${step}.`);
    if (length !== null && length < frame)
      throw wrong("fft_length", `expected at least the frame_length ${frame}, received ${length}.`);
    if (typeof window === "string" && !windowNamed(window, 1, false))
      throw wrong("window", `expected one of ${windowNames.join(", ")}, received ${inspect(window)}.`);
  }

  override build(): void {
    const { mode, window, scaling, periodic } = this;
    const shape = [this.frame_length, 1, this.#frequencies];
    const kernel = (side: "real" | "imag") =>
      this.addWeight({
        name: `${side}_kernel`,
        shape,
        initializer: new STFT({ side, window, scaling, periodic }),
      });
    if (mode !== "imag") this.real_kernel = kernel("real");
    if (mode !== "real") this.imag_kernel = kernel("imag");
  }

  override call(inputs: Numeric): Numeric {
    if (!["float16", "float32", "float64"].includes(inputs.dtype))
      throw this.problem(`expected float16, float32 or float64, received ${inputs.dtype}.`, ShapeError);
    return this.#arranged(this.#spectrum(inputs));
  }

  get #frequencies(): number {
    return Math.floor((this.fft_length ?? 2 ** Math.ceil(Math.log2(this.frame_length))) / 2) + 1;
  }

  /** What the mode asks for, of the shape (batch, channels, frequencies, frames). */
  #spectrum(inputs: Numeric): Numeric {
    const { mode, real_kernel, imag_kernel } = this;
    if (!imag_kernel) return this.#transformed(inputs, real_kernel!);
    const imaginary = this.#transformed(inputs, imag_kernel);
    if (!real_kernel) return imaginary;
    const real = this.#transformed(inputs, real_kernel);
    if (mode === "angle") return arctan2(imaginary, real);
    if (mode === "stft") return concatenate([real, imaginary], { axis: 2 });
    const power = add(square(real), square(imaginary));
    if (mode === "psd") return add(power, withoutEnds(power));
    const least = scalar(1e-7, power.dtype);
    const magnitude = sqrt(maximum(power, least));
    return mode === "magnitude" ? magnitude : log(maximum(magnitude, least));
  }

  /** Each channel convolved with a kernel. */
  #transformed(inputs: Numeric, kernel: Variable): Numeric {
    const { data_format, padding, frame_length, frame_step } = this;
    const isLast = data_format === "channels_last";
    const channels = dimension(inputs, channelAxis(data_format));
    const samples = dimension(inputs, isLast ? 1 : 2);
    const rows = calculate("mul", dimension(inputs, 0), channels);
    const each = reshapeTo(permute(inputs, isLast ? [0, 2, 1] : [0, 1, 2]), [rows, samples, 1]);
    const strides = frame_step ?? Math.floor(frame_length / 2);
    const options = { padding, strides, data_format: "channels_last" } as const;
    const found = permute(conv(each, asDType(kernel, inputs.dtype), options), [0, 2, 1]);
    return reshapeTo(found, [dimension(inputs, 0), channels, this.#frequencies, dimension(found, 2)]);
  }

  #arranged(x: Numeric): Numeric {
    const isLast = this.data_format === "channels_last";
    if (this.expand_dims) return permute(x, isLast ? [0, 3, 2, 1] : [0, 1, 3, 2]);
    const [batch, channels, frequencies, frames] = [0, 1, 2, 3].map((axis) => dimension(x, axis));
    const together = reshapeTo(x, [batch!, calculate("mul", channels!, frequencies!), frames!]);
    return isLast ? permute(together, [0, 2, 1]) : together;
  }
}

/** Powers with nothing at the lowest and the highest frequency, which stand for one frequency and not for two. */
function withoutEnds(power: Numeric): Numeric {
  const between = sliceAxis(power, 2, 1, -1);
  const padding: [number, number][] = [
    [0, 0],
    [0, 0],
    [1, 1],
    [0, 0],
  ];
  return piecePrim("pad", [between], { padding, mode: "constant", value: 0 });
}
