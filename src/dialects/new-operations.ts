import type { Dialect } from "./version.ts";

/** Operations that no version of Keras before one has, by their module and class. Harvested from a release of each. */
const added: Readonly<Record<Dialect, string>> = {
  301: "image.CropImages",
  302: "numpy.Correlate",
  303: "image.RGBToGrayscale linalg.Eigh nn.CTCDecode nn.CTCLoss nn.PSNR numpy.Select numpy.Slogdet",
  304: "core.Map core.Scan core.Switch image.HSVToRGB image.RGBToHSV linalg.Lstsq numpy.Argpartition",
  305: "core.AssociativeScan math.SegmentReduction numpy.SearchSorted",
  306: "core.SaturateCast math.Logdet nn.DotProductAttention numpy.BitwiseAnd numpy.BitwiseInvert numpy.BitwiseLeftShift numpy.BitwiseNot numpy.BitwiseOr numpy.BitwiseRightShift numpy.BitwiseXor numpy.Histogram numpy.LeftShift numpy.RightShift numpy.Trunc",
  307: "core.ConvertToTensor math.IFFT2 nn.Celu nn.Glu nn.HardShrink nn.HardTanh nn.SoftShrink nn.Squareplus nn.TanhShrink numpy.Exp2 numpy.Inner",
  308: "nn.SparsePlus nn.Sparsemax nn.Threshold numpy.Diagflat numpy.UnravelIndex",
  309: "einops.Rearrange image.GaussianBlur image.PerspectiveTransform nn.Polar nn.RMSNorm numpy.Rot90 numpy.Signbit",
  310: "image.ElasticTransform math.ViewAsComplex math.ViewAsReal nn.SparseSigmoid numpy.Angle numpy.Bartlett numpy.Blackman numpy.Hamming",
  311: "core.VectorizedMap nn.LayerNorm numpy.Cbrt numpy.Corrcoef numpy.Deg2rad numpy.Hanning numpy.Heaviside numpy.Kaiser",
  312: "image.ExtractPatches3D image.ScaleAndTranslate linalg.CholeskyInverse linalg.JVP nn.Unfold numpy.Gcd numpy.Hypot numpy.IsIn numpy.Isneginf numpy.Isposinf numpy.Isreal numpy.Kron numpy.Lcm numpy.Logaddexp2 numpy.Trapezoid numpy.View",
  313: "nn.AdaptiveAveragePool nn.AdaptiveMaxPool numpy.ArraySplit numpy.EmptyLike numpy.Ldexp numpy.Vander",
  314: "nn.DepthToSpace nn.Fold nn.SpaceToDepth numpy.AllClose numpy.Dstack numpy.Fliplr numpy.Flipud numpy.Fmod numpy.Geomspace numpy.Hsplit numpy.I0 numpy.Nanargmax numpy.Nanargmin numpy.Nancumprod numpy.Nancumsum numpy.Nanmax numpy.Nanmean numpy.Nanmedian numpy.Nanmin numpy.Nanprod numpy.Nanquantile numpy.Nanstd numpy.Nansum numpy.Nanvar numpy.Nextafter numpy.Ptp numpy.Rad2deg numpy.Sinc numpy.Vsplit",
  315: "image.SSIM image.SobelEdges linalg.MatrixRank linalg.Pinv math.CDist math.Erfc math.SegmentMin math.SegmentProd numpy.Dsplit numpy.Fabs numpy.Fmax numpy.Fmin numpy.Nanpercentile numpy.Percentile numpy.Unique",
};

/** The same of activations, which configs name alone. */
const activations: Readonly<Record<Dialect, string>> = {
  307: "celu glu hard_shrink hard_tanh log_sigmoid soft_shrink squareplus tanh_shrink",
  308: "sparse_plus sparsemax threshold",
  310: "sparse_sigmoid",
};

const operationsSince = sinces(added);
const activationsSince = sinces(activations);

/** Since when Keras has an operation of a module such as `keras.src.ops.numpy`; 0 where that is always. */
export function operationSince(module: string, className: string): Dialect {
  return operationsSince.get(`${module.replace(/^keras\.src\.ops\./, "")}.${className}`) ?? 0;
}

/** Since when Keras has an activation; 0 where that is always. */
export function activationSince(name: string): Dialect {
  return activationsSince.get(name) ?? 0;
}

function sinces(table: Readonly<Record<Dialect, string>>): ReadonlyMap<string, Dialect> {
  return new Map(
    Object.entries(table).flatMap(([since, names]) =>
      names.split(" ").map((name) => [name, Number(since)] as const),
    ),
  );
}
