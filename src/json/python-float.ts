/**
 * Writes a float as Python's `repr` does: `1.0`, `1e-07`, `1e+16`, `-0.0`, but `NaN` and `Infinity` as Python's
 * JSON has them.
 */
export function pythonFloat(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size >= 1e16 || (size < 1e-4 && size > 0)) {
    const text = value.toExponential();
    // Python writes two digits of exponent at least.
    return text.at(-2) === "-" || text.at(-2) === "+" ? `${text.slice(0, -1)}0${text.at(-1)}` : text;
  }
  if (Number.isInteger(value)) return Object.is(value, -0) ? "-0.0" : `${value}.0`;
  return String(value);
}
