export type { Numeric, Operand } from "../program/emit.ts";
export {
  elu,
  gelu,
  hardSigmoid,
  hardSilu,
  hardSilu as hardSwish,
  leakyRelu,
  logSigmoid,
  logSoftmax,
  relu,
  relu6,
  selu,
  sigmoid,
  silu,
  silu as swish,
  softmax,
  softplus,
  softsign,
} from "./activation.ts";
export { adaptiveAveragePool, adaptiveMaxPool } from "./adaptive-pooling.ts";
export { add, divide, maximum, minimum, multiply, power, subtract } from "./arithmetic.ts";
export { type AttentionOptions, dotProductAttention } from "./attention.ts";
export { nextafter, view } from "./bits.ts";
export {
  bitwiseAnd,
  bitwiseInvert,
  bitwiseLeftShift,
  bitwiseNot,
  bitwiseOr,
  bitwiseRightShift,
  bitwiseXor,
  leftShift,
  rightShift,
} from "./bitwise.ts";
export { depthToSpace, spaceToDepth } from "./blocks.ts";
export type { Structure } from "./body.ts";
export { clip } from "./clipping.ts";
export {
  equal,
  greater,
  greaterEqual,
  less,
  lessEqual,
  logicalAnd,
  logicalOr,
  logicalXor,
  notEqual,
  where,
} from "./comparison.ts";
export { conjugate as conj, conjugate, imag, real } from "./complex-parts.ts";
export { type Computed, cond, foriLoop, switchCase, type WhileLoopOptions, whileLoop } from "./control.ts";
export { conv, convTranspose, depthwiseConv, separableConv } from "./convolution.ts";
export {
  type ArrayOptions,
  array,
  type ConvertOp,
  type ConvertOptions,
  cast,
  convertToTensor,
  stopGradient,
} from "./core.ts";
export { bincount, correlate, histogram } from "./counting.ts";
export { arange, eye, identity, tri } from "./creation.ts";
export { cross } from "./cross.ts";
export {
  binaryCrossentropy,
  categoricalCrossentropy,
  sparseCategoricalCrossentropy,
} from "./crossentropy.ts";
export { ctcLoss } from "./ctc.ts";
export { ctcDecode } from "./ctc-decode.ts";
export { customGradient, type WithGradient } from "./custom-gradient.ts";
export { type BinaryOp, defineOp, type ListOp, type Op, type TensorLike, type UnaryOp } from "./define.ts";
export { diag, diagonal, trace, tril, triu } from "./diagonal.ts";
export { type Dimension, dimension, dimensions } from "./dimensions.ts";
export { divideNoNan, floorDivide, mod, trueDivide } from "./division.ts";
export { einsum } from "./einsum.ts";
export { absolute as abs, absolute, copy, negative, reciprocal, sign, square } from "./elementwise.ts";
export { erfinv } from "./erfinv.ts";
export { empty, emptyLike, full, fullLike, ones, onesLike, zeros, zerosLike } from "./filling.ts";
export { nonzero } from "./finding.ts";
export { Float, float } from "./float.ts";
export { ceil, erf, exp, expm1, floor, log, log1p, rsqrt, sqrt, tanh } from "./float-functions.ts";
export { fft, fft2, ifft2, irfft, rfft } from "./fourier.ts";
export { ellipsis, getItem, type Index, type IndexItem, Slice } from "./get-item.ts";
export * as image from "./image/index.ts";
export { multiHot, oneHot, pad, slice, takeAlongAxis } from "./indexing.ts";
export { concatenate } from "./joining.ts";
export { diagflat, unravelIndex, vander } from "./laid-out.ts";
export { log2, log10, logaddexp, logsumexp } from "./logarithms.ts";
export {
  type AssociativeScanOptions,
  associativeScan,
  map,
  type VectorizeOptions,
  vectorize,
  vectorizedMap,
} from "./mapping.ts";
export { matmul } from "./matmul.ts";
export {
  cholesky,
  choleskyInverse,
  det,
  eig,
  eigh,
  inv,
  logdet,
  luFactor,
  qr,
  slogdet,
  solve,
  solveTriangular,
} from "./matrices.ts";
export {
  nanargmax,
  nanargmin,
  nancumprod,
  nancumsum,
  nanmax,
  nanmean,
  nanmin,
  nanprod,
  nanstd,
  nansum,
  nanvar,
} from "./nan.ts";
export { isclose } from "./nearness.ts";
export { norm } from "./norm.ts";
export {
  type BatchNormalizationOp,
  type BatchNormalizationOptions,
  batchNormalization,
  normalize,
} from "./normalization.ts";
export { layerNormalization, rmsNormalization } from "./normalizing.ts";
export type { NumberList, OperandLike } from "./operands.ts";
export { argpartition, argsort, cumprod, cumsum, sort } from "./order.ts";
export {
  allclose,
  fmax,
  fmin,
  fmod,
  gcd,
  heaviside,
  hypot,
  inner,
  isin,
  kron,
  lcm,
  ldexp,
  logaddexp2,
  psnr,
} from "./pairwise.ts";
export { fold, unfold } from "./patches.ts";
export {
  celu,
  glu,
  hardShrink,
  hardTanh,
  softShrink,
  sparsemax,
  sparsePlus,
  sparseSigmoid,
  squareplus,
  tanhShrink,
  threshold,
} from "./piecewise.ts";
export { averagePool, maxPool } from "./pooling.ts";
export { dot, outer, tensordot, vdot } from "./products.ts";
export { digitize, geomspace, linspace, logspace, meshgrid, searchsorted } from "./ranges.ts";
export { type RearrangeOp, type RearrangeOptions, rearrange } from "./rearrange.ts";
export { all, any, max, mean, min, moments, prod, sum } from "./reduction.ts";
export { broadcastTo, repeat, tile } from "./repeating.ts";
export { expandDims, ravel, reshape, squeeze } from "./reshaping.ts";
export { nanToNum, round, trunc } from "./rounding.ts";
export { saturateCast } from "./saturate-cast.ts";
export { type Scanned, type ScanOptions, type Step, type StepResult, scan } from "./scan.ts";
export { inTopK, scatter, scatterUpdate, sliceUpdate } from "./scatter.ts";
export { amax, amin, argmax, argmin, countNonzero } from "./searching.ts";
export { segmentMax, segmentMin, segmentProd, segmentSum } from "./segments.ts";
export { select } from "./select.ts";
export { extractSequences } from "./sequences.ts";
export { lstsq, matrixRank, pinv, type SVDOp, type SVDOptions, svd } from "./singular-values.ts";
export { dtype, isTensor, ndim, shape, size } from "./sizes.ts";
export {
  angle,
  cbrt,
  deg2rad,
  erfc,
  exp2,
  fabs,
  i0,
  isneginf,
  isposinf,
  isreal,
  rad2deg,
  signbit,
  sinc,
} from "./special-functions.ts";
export {
  arraySplit,
  dsplit,
  dstack,
  fliplr,
  flipud,
  hsplit,
  rot90,
  split,
  unstack,
  vsplit,
} from "./splitting.ts";
export {
  cdist,
  corrcoef,
  nanmedian,
  nanpercentile,
  nanquantile,
  percentile,
  ptp,
  trapezoid,
} from "./spread.ts";
export { append, hstack, stack, vstack } from "./stacking.ts";
export { average, diff, median, quantile } from "./statistics.ts";
export { istft, stft } from "./stft.ts";
export { take } from "./take.ts";
export { topK } from "./top-k.ts";
export { flip, moveaxis, roll, swapaxes, transpose } from "./transposing.ts";
export {
  arccos,
  arccosh,
  arcsin,
  arcsinh,
  arctan,
  arctan2,
  arctanh,
  cos,
  cosh,
  sin,
  sinh,
  tan,
} from "./trigonometry.ts";
export { isfinite, isinf, isnan, logicalNot } from "./truths.ts";
export { type UniqueOp, type UniqueOptions, unique } from "./unique.ts";
export { std, variance } from "./variance.ts";
export { bartlett, blackman, hamming, hanning, kaiser } from "./window-functions.ts";
