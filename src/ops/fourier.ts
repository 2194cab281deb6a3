import "../engines/reference/at-once/fourier.ts";
import { ShapeError } from "../errors.ts";
import { positiveInt } from "../fields/shorthands.ts";
import { fourier } from "../program/rules/fourier.ts";
import { listed, unary } from "./define.ts";
import { type Parts, partsOf, realInverse, realTransform, type SymbolicParts } from "./fourier-parts.ts";
import { turned } from "./moving.ts";
import { asOperand, type OperandLike, rankOf } from "./operands.ts";

type NoFields = Record<never, never>;
const alone = { tensors: ["x"] } as const;

/** The Fourier transform of `[real, imaginary]` along the last axis. */
export const fft = /* @__PURE__ */ listed<NoFields, SymbolicParts, Parts>(
  "math.FFT",
  (x) => fourier(partsOf("fft", x), false),
  undefined,
  alone,
);

/** The Fourier transform of `[real, imaginary]` along the last two axes. */
export const fft2 = /* @__PURE__ */ listed<NoFields, SymbolicParts, Parts>(
  "math.FFT2",
  (x) => alongTwo("fft2", x, false),
  undefined,
  alone,
);

/** The inverse of `fft2`. */
export const ifft2 = /* @__PURE__ */ listed<NoFields, SymbolicParts, Parts>(
  "math.IFFT2",
  (x) => alongTwo("ifft2", x, true),
  undefined,
  alone,
);

const lengthField = () => ({
  /** How many elements of the last axis are transformed: cut off behind, or zeros there. Defaults to all. */
  fft_length: positiveInt(null),
});

/** The Fourier transform of real numbers along the last axis: `[real, imaginary]` of the `n // 2 + 1` lowest frequencies. */
export const rfft = /* @__PURE__ */ unary<ReturnType<typeof lengthField>, SymbolicParts, Parts>(
  "math.RFFT",
  (x, { fft_length }) => realTransform(asOperand(x), fft_length),
  lengthField,
);

/** The inverse of `rfft`: `fft_length` real numbers, or `2 * (n - 1)` for `n` frequencies. */
export const irfft = /* @__PURE__ */ listed<ReturnType<typeof lengthField>>(
  "math.IRFFT",
  (x, { fft_length }) => realInverse(partsOf("irfft", x), fft_length),
  lengthField,
  alone,
);

function alongTwo(where: string, x: readonly OperandLike[], inverse: boolean): Parts {
  const parts = partsOf(where, x);
  const rank = rankOf(parts[0]);
  if (rank < 2) throw new ShapeError(where, `expected at least 2 axes, received ${rank}.`);
  const rows = fourier(parts, inverse).map(turned) as Parts;
  return fourier(rows, inverse).map(turned) as Parts;
}
