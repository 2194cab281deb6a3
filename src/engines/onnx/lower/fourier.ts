import type { Value } from "../../../program/value.ts";
import type { Lowering } from "./lowering.ts";
import { type Scope, typeOf } from "./scope.ts";

/**
 * ONNX Runtime's DFT in float64, forward: in float32 it is off by up to a thousandth, and it divides by float32
 * numbers. With real and imaginary parts swapped the transform is the inverse one, swapped and not divided.
 */
const fft: Lowering<"fft"> = (scope, { inputs, attributes: { inverse } }) => {
  const [real, imaginary] = inputs as [Value, Value];
  const rank = real.shape.length;
  const type = typeOf(real);
  const parts = inverse ? [imaginary, real] : [real, imaginary];
  const results = transform(
    scope,
    parts.map((part) => scope.cast(scope.name(part), type, "float64")),
    rank,
  );
  if (!inverse) return results.map((result) => scope.cast(result, "float64", type));
  const count = scope.cast(scope.dimension(real, rank - 1), "int64", "float64");
  return results.reverse().map((result) => scope.cast(scope.node("Div", [result, count]), "float64", type));
};

/** Real and imaginary parts stand side by side on a last axis, behind at least one axis that is no signal's. */
function transform(scope: Scope, parts: readonly string[], rank: number): string[] {
  const pair = scope.node(
    "Concat",
    parts.map((part) => scope.node("Unsqueeze", [part, scope.int64([rank])])),
    { axis: rank },
  );
  const lead = scope.int64([0]);
  const batch = rank === 1 ? scope.node("Unsqueeze", [pair, lead]) : pair;
  const result = scope.node("DFT", [batch, "", scope.scalar("int64", Math.max(rank - 1, 1))]);
  const out = rank === 1 ? scope.node("Squeeze", [result, lead]) : result;
  return [0, 1].map((i) => scope.node("Gather", [out, scope.scalar("int64", i)], { axis: rank }));
}

export const fourierLowerings = { fft };
