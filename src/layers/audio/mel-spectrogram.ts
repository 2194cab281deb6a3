import type { OptionsOf } from "../../fields/field.ts";
import { aNumber, nullable, optional, refine } from "../../fields/kinds.ts";
import { bool, float, positiveInt } from "../../fields/shorthands.ts";
import { add, maximum, multiply, power, subtract } from "../../ops/arithmetic.ts";
import { square } from "../../ops/elementwise.ts";
import { sqrt } from "../../ops/float-functions.ts";
import { log10 } from "../../ops/logarithms.ts";
import { made } from "../../ops/made.ts";
import { matmul } from "../../ops/matmul.ts";
import { turned } from "../../ops/moving.ts";
import { asDType } from "../../ops/operands.ts";
import { max } from "../../ops/reduction.ts";
import { stft } from "../../ops/stft.ts";
import { aWindow } from "../../ops/windows.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import { scalar } from "../../tensor/create.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import { optionProblem } from "../option-problem.ts";
import { melWeights } from "./mel-weights.ts";

const aRate = refine(aNumber, "a number above 0", (rate) => rate > 0, {
  type: "number",
  exclusiveMinimum: 0,
});

const fields = {
  /** How many samples are transformed at a time: a frame, with zeros around it. Defaults to 2048. */
  fft_length: positiveInt(2048),
  /** How many samples the beginnings of frames are apart. Defaults to 512. */
  sequence_stride: positiveInt(512),
  /** How many samples a frame has, at most `fft_length`. Defaults to `fft_length`. */
  sequence_length: positiveInt(null),
  /** What a frame is multiplied by: "hann", "hamming", as many numbers as a frame has, or null for nothing. Defaults to "hann". */
  window: optional(nullable(aWindow), "hann"),
  /** How many samples there are in a second. Defaults to 16000. */
  sampling_rate: optional(aRate, 16000),
  /** How many bands of frequencies come out. Defaults to 128. */
  num_mel_bins: positiveInt(128),
  /** Where the lowest band begins, in Hertz. Defaults to 20. */
  min_freq: float(20),
  /** Where the highest band ends, in Hertz. Defaults to half of `sampling_rate`. */
  max_freq: optional(nullable(aRate), null),
  /** Whether powers are given in decibels. Defaults to true. */
  power_to_db: bool(true),
  /** How many decibels below the loudest of the batch all is cut off. Defaults to 80. */
  top_db: float(80),
  /** To which power magnitudes are taken: 1 for themselves, 2 for powers. Defaults to 2. */
  mag_exp: float(2),
  /** The lowest power that decibels are made of. Defaults to 1e-10. */
  min_power: float(1e-10),
  /** The power that is 0 decibels. Defaults to 1. */
  ref_power: float(1),
};

/** What {@link MelSpectrogram} takes. */
export interface MelSpectrogramOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * How loud sounds are over time, in bands that are as wide as ears tell tones apart: from `(batch, samples)` or
 * `(samples,)` to `(…, num_mel_bins, frames)`, where frames are one more than fit `sequence_stride`.
 * Source: Keras 3.6 `layers/preprocessing/mel_spectrogram.py`.
 *
 * @example
 * const layer = new MelSpectrogram({ fft_length: 512, sequence_stride: 128, num_mel_bins: 40 });
 * const y = layer.apply(Input({ shape: [16000] })); // [null, 40, 126]
 */
export class MelSpectrogram extends kerasLayer("MelSpectrogram", fields)<MelSpectrogramOptions> {
  declare sequence_length: number;
  declare max_freq: number;

  constructor(options: MelSpectrogramOptions = {}) {
    super(options);
    this.sequence_length ??= this.fft_length;
    this.max_freq ??= Math.trunc(this.sampling_rate / 2);
    if (this.fft_length >= this.sequence_length) return;
    throw optionProblem(
      "MelSpectrogram",
      "fft_length",
      `expected at least the sequence_length ${this.sequence_length}, received ${this.fft_length}.`,
    );
  }

  override call(inputs: Operand): Numeric {
    const dtype = this.computeDtype === "float64" ? "float64" : "float32";
    const bands = matmul(this.#spectrum(asDType(inputs, dtype)), this.#weights());
    return asDType(turned(this.power_to_db ? this.#decibels(bands) : bands), this.computeDtype);
  }

  /** How much of each frequency is in each frame. */
  #spectrum(signal: Operand): Numeric {
    const { sequence_length, sequence_stride, fft_length, window, mag_exp } = this;
    const frames = { sequence_length, sequence_stride, fft_length, window, center: true };
    const [real, imaginary] = stft(signal, frames) as [Numeric, Numeric];
    const magnitude = sqrt(add(square(real), square(imaginary)));
    return power(magnitude, scalar(mag_exp, magnitude.dtype));
  }

  #weights(): Numeric {
    const { num_mel_bins: count, sampling_rate: samplingRate, min_freq: lowest, max_freq: highest } = this;
    const frequencies = Math.floor(this.fft_length / 2) + 1;
    return made("MelSpectrogram", [frequencies, count], "float32", () =>
      melWeights({ frequencies, samplingRate, count, lowest, highest }),
    );
  }

  #decibels(powers: Numeric): Numeric {
    const number = (value: number) => scalar(value, powers.dtype);
    const decibels = (x: Operand) => multiply(log10(maximum(x, number(this.min_power))), number(10));
    const zero = 10 * Math.log10(Math.max(Math.abs(this.ref_power), this.min_power));
    const levels = subtract(decibels(powers), number(zero));
    return maximum(levels, subtract(max(levels), number(this.top_db)));
  }
}
