import { ShapeError } from "../errors.ts";
import { nullable, optional } from "../fields/kinds.ts";
import { bool, positiveInt } from "../fields/shorthands.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { piecePrim } from "../program/rules/piece.ts";
import type { DType } from "../tensor/dtype.ts";
import { listed, unary } from "./define.ts";
import { dimension, filled } from "./dimensions.ts";
import { type Parts, partsOf, realInverse, realTransform, type SymbolicParts } from "./fourier-parts.ts";
import { asDType, asOperand, rankOf, shapeOf } from "./operands.ts";
import { overlapped, sequencesOf } from "./sequences.ts";
import { sliceAxis } from "./slice-axis.ts";
import { aWindow, type Window, windowOf } from "./windows.ts";

interface Frames {
  readonly sequence_length: number;
  readonly sequence_stride: number;
  readonly fft_length: number;
  readonly window: Window | null;
  readonly center: boolean;
}

const sizes = () => ({
  /** How many elements of the signal are in a frame. */
  sequence_length: positiveInt(),
  /** How far apart the beginnings of frames are. */
  sequence_stride: positiveInt(),
  /** How many elements are transformed: a frame, with zeros around it. */
  fft_length: positiveInt(),
});
const framing = () => ({
  /** What a frame is multiplied by: "hann", "hamming", numbers, or null for nothing. Defaults to "hann". */
  window: optional(nullable(aWindow), "hann"),
  /** Whether the first frame is centered at the first element. Defaults to true. */
  center: bool(true),
});
const stftFields = () => ({ ...sizes(), ...framing() });

/**
 * The short-time Fourier transform of signals along the last axis: `[real, imaginary]`, each `(…, frames, fft_length //
 * 2 + 1)`.
 */
export const stft = /* @__PURE__ */ unary<ReturnType<typeof stftFields>, SymbolicParts, Parts>(
  "math.STFT",
  (x, options) => {
    const { sequence_stride: stride, fft_length: length, center } = options;
    const signal = asOperand(x);
    const dtype = dtypeOf(signal);
    if (dtype !== "float32" && dtype !== "float64")
      throw new ShapeError("stft", `expected float32 or float64, received ${dtype}.`);
    const frames = sequencesOf("stft", center ? mirrored(signal, length >> 1) : signal, length, stride);
    return realTransform(prim("mul", [frames, frameWindow("stft", options, dtype)]), null);
  },
  stftFields,
);

/** The inverse of `stft`: signals of `[real, imaginary]`. */
export const istft = /* @__PURE__ */ listed(
  "math.ISTFT",
  (x, options) => {
    const { sequence_stride: stride, fft_length, length, center } = options;
    const parts = partsOf("istft", x);
    if (rankOf(parts[0]) < 2) throw new ShapeError("istft", `expected at least 2 axes, received 1.`);
    const window = frameWindow("istft", options, dtypeOf(parts[0]));
    const frames = prim("mul", [realInverse(parts, fft_length), window]);
    const count = dimension(frames, -2);
    const weights = overlapped(
      prim("mul", [filled([count, fft_length], 1, frames.dtype), prim("mul", [window, window])]),
      stride,
    );
    const isCovered = prim("gt", [weights, asDType(1e-10, frames.dtype)]);
    const divisor = prim("select", [isCovered, weights, asDType(1, frames.dtype)]);
    const signal = prim("div", [overlapped(frames, stride), divisor]);
    // Without a window Keras divides by the stride where it multiplied by the length.
    const scaled =
      options.window === null ? prim("mul", [signal, asDType(fft_length / stride, signal.dtype)]) : signal;
    const start = center ? fft_length >> 1 : 0;
    const end = length !== null ? start + length : center ? -start : null;
    return sliceAxis(scaled, rankOf(scaled) - 1, start, end);
  },
  () => ({
    ...sizes(),
    /** How many elements a signal has. Defaults to as many as there are frames for. */
    length: positiveInt(null, { since: "3.14" }),
    ...framing(),
  }),
  { tensors: ["x"] },
);

/** The window as wide as what is transformed, with zeros around it. */
function frameWindow(where: string, { window, sequence_length, fft_length }: Frames, dtype: DType): Numeric {
  const before = (fft_length - sequence_length) >> 1;
  const behind = fft_length - sequence_length - before;
  if (before < 0) {
    throw new ShapeError(
      where,
      `expected fft_length of at least sequence_length, received ${fft_length} and ${sequence_length}.`,
    );
  }
  if (window === null) return filled([fft_length], 1, dtype);
  const factors = windowOf(where, window, sequence_length, dtype);
  return piecePrim("pad", [factors], { padding: [[before, behind]], mode: "constant", value: 0 });
}

/** A signal with elements on both sides that mirror it. */
function mirrored(x: Operand, count: number): Operand {
  if (count === 0) return x;
  const padding = shapeOf(x).map((_, i, { length }): [number, number] =>
    i === length - 1 ? [count, count] : [0, 0],
  );
  return piecePrim("pad", [x], { padding, mode: "reflect", value: 0 });
}
