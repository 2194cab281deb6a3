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
export {
  add,
  arctan2,
  bitwiseAnd,
  bitwiseLeftShift,
  bitwiseOr,
  bitwiseRightShift,
  bitwiseXor,
  divide,
  divideNoNan,
  floorDivide,
  leftShift,
  logaddexp,
  maximum,
  minimum,
  mod,
  multiply,
  power,
  rightShift,
  subtract,
  trueDivide,
} from "./arithmetic.ts";
export { type AttentionOptions, dotProductAttention } from "./attention.ts";
export { nextafter, view } from "./bits.ts";
export { depthToSpace, spaceToDepth } from "./blocks.ts";
export type { Structure } from "./body.ts";
export {
  clip,
  equal,
  greater,
  greaterEqual,
  isclose,
  less,
  lessEqual,
  logicalAnd,
  logicalOr,
  logicalXor,
  notEqual,
  where,
} from "./comparison.ts";
export { type Computed, cond, foriLoop, switchCase, type WhileLoopOptions, whileLoop } from "./control.ts";
export { conv, convTranspose, depthwiseConv, separableConv } from "./convolution.ts";
export {
  type ArrayOptions,
  array,
  type ConvertOp,
  type ConvertOptions,
  cast,
  convertToTensor,
  dtype,
  isTensor,
  ndim,
  saturateCast,
  shape,
  size,
  stopGradient,
} from "./core.ts";
export { bincount, correlate, histogram } from "./counting.ts";
export {
  arange,
  empty,
  emptyLike,
  eye,
  full,
  fullLike,
  identity,
  ones,
  onesLike,
  tri,
  zeros,
  zerosLike,
} from "./creation.ts";
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
export { einsum } from "./einsum.ts";
export {
  absolute as abs,
  absolute,
  arccos,
  arccosh,
  arcsin,
  arcsinh,
  arctan,
  arctanh,
  bitwiseInvert,
  bitwiseNot,
  ceil,
  conjugate as conj,
  conjugate,
  copy,
  cos,
  cosh,
  erf,
  erfinv,
  exp,
  expm1,
  floor,
  imag,
  isfinite,
  isinf,
  isnan,
  log,
  log1p,
  log2,
  log10,
  logicalNot,
  nanToNum,
  negative,
  real,
  reciprocal,
  round,
  rsqrt,
  sign,
  sin,
  sinh,
  sqrt,
  square,
  tan,
  tanh,
  trunc,
} from "./elementwise.ts";
export { nonzero } from "./finding.ts";
export { Float, float } from "./float.ts";
export { fft, fft2, ifft2, irfft, rfft } from "./fourier.ts";
export { ellipsis, getItem, type Index, type IndexItem, Slice } from "./get-item.ts";
export * as image from "./image/index.ts";
export { multiHot, oneHot, pad, slice, take, takeAlongAxis } from "./indexing.ts";
export { append, concatenate, hstack, split, stack, unstack, vstack } from "./joining.ts";
export { diagflat, unravelIndex, vander } from "./laid-out.ts";
export {
  type AssociativeScanOptions,
  associativeScan,
  map,
  type VectorizeOptions,
  vectorize,
  vectorizedMap,
} from "./mapping.ts";
export { dot, matmul, outer, tensordot, vdot } from "./matmul.ts";
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
export { norm } from "./norm.ts";
export {
  type BatchNormalizationOp,
  type BatchNormalizationOptions,
  batchNormalization,
  normalize,
} from "./normalization.ts";
export { layerNormalization, rmsNormalization } from "./normalizing.ts";
export type { NumberList, OperandLike } from "./operands.ts";
export { argpartition, argsort, cumprod, cumsum, sort, topK } from "./order.ts";
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
export { digitize, geomspace, linspace, logspace, meshgrid, searchsorted } from "./ranges.ts";
export { type RearrangeOp, type RearrangeOptions, rearrange } from "./rearrange.ts";
export {
  all,
  amax,
  amin,
  any,
  argmax,
  argmin,
  countNonzero,
  logsumexp,
  max,
  mean,
  min,
  moments,
  prod,
  std,
  sum,
  variance,
} from "./reduction.ts";
export {
  broadcastTo,
  expandDims,
  flip,
  moveaxis,
  ravel,
  repeat,
  reshape,
  roll,
  squeeze,
  swapaxes,
  tile,
  transpose,
} from "./reshaping.ts";
export { type Scanned, type ScanOptions, type Step, type StepResult, scan } from "./scan.ts";
export { inTopK, scatter, scatterUpdate, sliceUpdate } from "./scatter.ts";
export { segmentMax, segmentMin, segmentProd, segmentSum } from "./segments.ts";
export { select } from "./select.ts";
export { extractSequences } from "./sequences.ts";
export { lstsq, matrixRank, pinv, type SVDOp, type SVDOptions, svd } from "./singular-values.ts";
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
export { arraySplit, dsplit, dstack, fliplr, flipud, hsplit, rot90, vsplit } from "./splitting.ts";
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
export { average, diff, median, quantile } from "./statistics.ts";
export { istft, stft } from "./stft.ts";
export { type UniqueOp, type UniqueOptions, unique } from "./unique.ts";
export { bartlett, blackman, hamming, hanning, kaiser } from "./window-functions.ts";
