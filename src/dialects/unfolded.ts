/**
 * The classes that `unfold` writes out where a version does not have them, as far as a class alone says it. What refuses
 * them stands above what writes them out; a test compares the two.
 */
export const classesUnfolded: ReadonlySet<string> = new Set(
  [
    "AdaptiveAveragePooling1D AdaptiveAveragePooling2D AdaptiveAveragePooling3D AdaptiveMaxPooling1D",
    "AdaptiveMaxPooling2D AdaptiveMaxPooling3D Identity RMSNormalization ReversibleEmbedding",
    "Cbrt Celu Deg2rad Dsplit Erfc Exp2 Fabs Fliplr Flipud Fmax Fmin Glu HardShrink HardSigmoid HardSilu HardTanh",
    "Heaviside Hsplit Hypot Inner Isneginf Isposinf LayerNorm LogSigmoid Logaddexp2 Mish Nancumprod Nancumsum Nanmean",
    "Nanprod Nanstd Nansum Nanvar Ptp RMSNorm Rad2deg Rot90 Sinc SoftShrink SparsePlus SparseSigmoid Sparsemax",
    "Squareplus TanhShrink Threshold Trunc Vsplit",
  ].flatMap((names) => names.split(" ")),
);

/** What an error says behind what is refused. */
export const unfolds = ' "--unfold" (unfold: true) writes it out.';

/** The same for what is refused, where its class can be written out; nothing where not. */
export function helpFor(className: string): string {
  return classesUnfolded.has(className) ? unfolds : "";
}
