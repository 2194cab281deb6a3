import { ShapeError } from "../../errors.ts";
import { formatShape } from "../../tensor/shape.ts";
import { emit, type Numeric, type Operand } from "../emit.ts";
import type { Spec } from "../value.ts";
import { expectFloat, oneDtype } from "./check.ts";
import { mayFit } from "./fit.ts";

function fft(inputs: readonly Spec[]): Spec[] {
  const [real, imaginary] = inputs as [Spec, Spec];
  const dtype = oneDtype(inputs, "fft");
  expectFloat(real, "fft");
  if (!mayFit(real.shape, imaginary.shape) || real.shape.length === 0) {
    throw new ShapeError(
      "fft",
      `expected real and imaginary parts of one shape, received ${formatShape(real.shape)} and ${formatShape(imaginary.shape)}.`,
    );
  }
  const shape = real.shape.map((size, i) => size ?? imaginary.shape[i]!);
  return [
    { shape, dtype },
    { shape, dtype },
  ];
}

export const fourierRules = { fft };

/** The discrete Fourier transform of complex numbers along the last axis; the inverse is divided by how many there are. */
export function fourier(parts: readonly Operand[], inverse: boolean): [real: Numeric, imaginary: Numeric] {
  const [real, imaginary] = emit(fourierRules, "fft", parts, { inverse });
  return [real!, imaginary!];
}
