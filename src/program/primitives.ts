import type { DType } from "../tensor/dtype.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Spec, Value } from "./value.ts";
import type { Variable } from "./variable.ts";

/** A primitive without attributes. */
export type None = Readonly<Record<never, never>>;

/**
 * One dimension of a target shape in an attribute.
 * `n >= 0` is that size; `-1` is inferred (reshape only, at most once); `-2 - k` is the value of the k-th of the
 * primitive's trailing scalar int32 inputs (the "dimension inputs"), known when the program runs.
 */
export type DimensionSpec = number;

export type PadMode = "constant" | "reflect" | "symmetric" | "edge";
export type ResizeMethod = "nearest" | "bilinear" | "bicubic" | "lanczos3" | "lanczos5";

/** Low and high padding of each spatial dimension. */
export type Padding = readonly (readonly [low: number, high: number])[];

/**
 * The primitives of a Program: name → attributes. Operands of one primitive have equal dtypes unless said;
 * two-operand ones broadcast as NumPy does. Images are channels-last: `(batch, ...spatial, channels)`.
 */
export interface Attributes {
  // one operand, elementwise; same dtype out
  neg: None;
  abs: None;
  sign: None;
  floor: None;
  ceil: None;
  /** To even on ties. */
  round: None;
  exp: None;
  expm1: None;
  log: None;
  log1p: None;
  sqrt: None;
  rsqrt: None;
  sin: None;
  cos: None;
  tan: None;
  asin: None;
  acos: None;
  atan: None;
  sinh: None;
  cosh: None;
  tanh: None;
  asinh: None;
  acosh: None;
  atanh: None;
  erf: None;
  sigmoid: None;
  relu: None;
  leaky_relu: { readonly slope: number };
  clamp: { readonly min: number; readonly max: number };
  /** Logical for bool, bitwise for integers. */
  not: None;
  is_nan: None;
  is_inf: None;
  cast: { readonly dtype: DType };
  /**
   * The same values, any dtype; a gradient ends here. An instruction like the others: left out where nothing needs
   * it, and gone where its operand is known, since what is known has no gradient.
   */
  stop_gradient: None;

  // two operands
  add: None;
  sub: None;
  mul: None;
  /** Floats only; ops cast integers first. */
  div: None;
  pow: None;
  /** The sign of the divisor, as Python's `%`. */
  mod: None;
  floor_div: None;
  min: None;
  max: None;
  atan2: None;
  /** Logical for bool, bitwise for integers; likewise `or`, `xor`. */
  and: None;
  or: None;
  xor: None;
  shift_left: None;
  shift_right: None;
  // comparisons: bool out
  eq: None;
  ne: None;
  lt: None;
  le: None;
  gt: None;
  ge: None;
  /** (condition: bool, a, b), all three broadcast. */
  select: None;
  // reductions; axes are non-negative and sorted
  reduce_sum: Reduction;
  reduce_mean: Reduction;
  reduce_prod: Reduction;
  reduce_max: Reduction;
  reduce_min: Reduction;
  /** bool → bool. */
  reduce_any: Reduction;
  reduce_all: Reduction;
  /** int32 out; the first of equals. */
  argmax: { readonly axis: number; readonly keepdims: boolean };
  argmin: { readonly axis: number; readonly keepdims: boolean };
  softmax: { readonly axis: number };
  log_softmax: { readonly axis: number };
  /** (x, mean, variance, scale, offset): the last four are 1-D along `axis` of x. */
  batch_norm: { readonly axis: number; readonly epsilon: number };
  // shape
  /** The size of one dimension, as a scalar int32. */
  dim: { readonly axis: number };
  /** (...dimension inputs) → 0, 1, 2, … along one axis. */
  iota: { readonly length: DimensionSpec; readonly dtype: DType };
  /** (x, ...dimension inputs). */
  reshape: { readonly shape: readonly DimensionSpec[] };
  /** (x, ...dimension inputs), NumPy's broadcasting. */
  broadcast_to: { readonly shape: readonly DimensionSpec[] };
  transpose: { readonly perm: readonly number[] };
  /** One entry per dimension, Python's meaning (negatives from the end, null = to the end); steps are non-zero. */
  slice: {
    readonly start: readonly (number | null)[];
    readonly stop: readonly (number | null)[];
    readonly step: readonly number[];
  };
  /** One pair per dimension of x. */
  pad: { readonly padding: Padding; readonly mode: PadMode; readonly value: number };
  /** (...xs). */
  concat: { readonly axis: number };
  /** (x, indices: int32): NumPy's `take` along an axis; negative indices count from the end. */
  gather: { readonly axis: number };
  /** (x, indices: int32): NumPy's `take_along_axis`. */
  gather_along: { readonly axis: number };
  /** (x, indices: int32 (n, k), updates): NumPy's `add.at` over the first k dimensions, on a copy. */
  scatter_add: None;
  /** (x, indices: int32, updates): NumPy's `add.at` along an axis, on a copy; the shapes differ along it only. */
  scatter_along: { readonly axis: number };
  // linear algebra
  /** NumPy's `matmul` for ranks of at least 2. Products of int8 are added up as int32. */
  matmul: None;
  /** (...xs), lower-case letters, explicit `->`, no ellipsis. */
  einsum: { readonly equation: string };
  /** The lower triangular factor of symmetric matrices (others are made so); NaN where there is none. */
  cholesky: None;
  /** → (L below the diagonal and U above, int32: which row each was swapped with), with pivots. */
  lu: None;
  /** (a, b: both matrices, batches broadcast) → x for which a x = b. */
  solve: None;
  /** The same for triangular matrices; the other triangle is not read. */
  solve_triangular: { readonly lower: boolean };
  /** → (q, r); `complete`: q is square. */
  qr: { readonly complete: boolean };
  /** → (left vectors, singular values, largest first, right vectors as rows); `full`: the vectors are square matrices. */
  svd: { readonly full: boolean };
  /** Of symmetric matrices (others are made so) → (eigenvalues, smallest first, vectors as columns). */
  eigh: None;
  /** → (eigenvalues, vectors of length 1 as columns); an EngineError where some are complex. */
  eig: None;
  /** (real, imaginary) → (real, imaginary): the Fourier transform along the last axis; the inverse is divided by its size. */
  fft: { readonly inverse: boolean };
  /**
   * (logarithms of probabilities (batch, steps, classes), lengths: int32 (batch,)) → (labels: int32 (topPaths, batch,
   * steps), -1 behind the last; logarithms of their probabilities (batch, topPaths)), likeliest first.
   */
  ctc_beam_search: { readonly beamWidth: number; readonly topPaths: number; readonly maskIndex: number };

  // Windows. What their gradients are made of (ops/window-gradients.test.ts does it):
  // - conv: of x, conv_transpose with the same kernel, as wide as x by its padding; of the kernel, a conv of x with the
  //   cotangent as filters, batch and channels (of each group) swapped, strides and dilation swapped, cut to the window.
  // - conv_transpose: of x, conv with the same kernel; of the kernel, as that of conv, x and the cotangent swapped.
  // - max_pool: scatter_along at argmax_pool, on flat images; the first of equals wins, as in JAX's select-and-scatter.
  // - avg_pool: conv_transpose with a kernel of ones, a group for each channel, of the cotangent divided by how many
  //   elements each window covers, which a conv of ones counts.
  // - upsample: along each dimension a product with the matrix that upsample makes of an identity.
  /** (x, kernel): kernel `(...window, channels / groups, filters)`. */
  conv: Convolution;
  /**
   * (x, kernel): the transpose of the `conv` that has the same kernel, which is here `(...window, filters / groups,
   * channels)`. Output length per dimension: `(n - 1) * stride + (k - 1) * dilation + 1 - low - high`; a negative
   * `high` pads with zeros.
   */
  conv_transpose: Convolution;
  max_pool: Pool;
  /** int32 out: where in its image, counted row by row over the spatial dimensions, is the first maximum of a window. */
  argmax_pool: Pool;
  /** Padding is not counted. */
  avg_pool: Pool;
  /** Spatial dimensions grow by whole factors, half-pixel centers (Keras's UpSampling on its JAX backend). */
  upsample: { readonly factors: readonly number[]; readonly method: ResizeMethod };
  // order
  sort: { readonly axis: number };
  /** int32 out; stable. */
  argsort: { readonly axis: number };
  /** Along the last axis → (values, int32 indices), largest first. */
  top_k: { readonly k: number };
  cumsum: { readonly axis: number; readonly reverse: boolean; readonly exclusive: boolean };
  /**
   * A loop over the leading axis. Inputs: `consts` values passed whole to each step, `carries` initial states, then
   * the scanned values. `body` takes the same three groups (scanned ones without their leading axis) and gives the
   * new states, then the outputs of the step. Results: final states, then outputs stacked on a new leading axis.
   * With `reverse` both reading and stacking run from the last step to the first.
   */
  scan: {
    readonly body: Program;
    readonly consts: number;
    readonly carries: number;
    readonly reverse: boolean;
  };
  /** (condition: bool, ...operands): the results of `yes` where it holds, else of `no`; both take the operands. */
  cond: { readonly yes: Program; readonly no: Program };
  /**
   * Inputs: `consts` values, then initial states; `test` and `body` take both. While `test` gives true, `body` gives the
   * next states, of the same dtypes and ranks. Results: the last states.
   */
  while: { readonly test: Program; readonly body: Program; readonly consts: number };
  /** The same bits as another dtype; the last axis is as much longer or shorter as that is smaller or larger. */
  bitcast: { readonly dtype: DType };
  /** (x: bool) → int32 `(rank, n)`: where it is true, row by row. */
  nonzero: None;
  /** (x, indices: int32 (n, k), updates): as `scatter_add`, with another function of the old value and the update. */
  scatter_fold: { readonly reduction: "mul" | "min" | "max" };
  /** (key: uint32 (2,), ...dimension inputs) → uint32: the bits that `jax.random.bits` gives (threefry2x32). */
  random_bits: { readonly shape: readonly DimensionSpec[] };
  /** (key: uint32 (2,), shape parameters) → a number of a gamma distribution for each, or its logarithm. */
  random_gamma: { readonly log: boolean };
  /** (key: uint32 (2,), counts, probabilities: float32, of one shape) → how many of so many trials succeed. */
  random_binomial: { readonly dtype: DType };
  // texts, as TensorFlow has them
  /** Elementwise: the letters A to Z in lower case, the punctuation of ASCII taken out. */
  standardize_text: { readonly lower: boolean; readonly strip: boolean };
  /** Pieces along a new last axis, which is as long as the longest list of them; the others end in "". */
  split_text: { readonly by: TextSplit };
  /**
   * Neighbours along the last axis joined by spaces, first all of the first width. Of a padded axis the "" at its end
   * are no pieces, and the result ends in "" where it has fewer.
   */
  ngrams: { readonly widths: readonly number[]; readonly isPadded: boolean };
  /**
   * (keys, vocabulary: 1-D of the same dtype, no element twice) → int32: where each key is in the vocabulary; -1 where it
   * is not, or an error where all must be.
   */
  lookup: { readonly all: boolean };
  /**
   * (texts, or integers as their digits) → int32: 64 bits by farmhash, or with a salt by SipHash-2-4, modulo `bins`.
   */
  hash_text: { readonly bins: number; readonly salt: readonly [bigint, bigint] | null };
  /** (...xs: texts or integers, of equal shapes) → int32: one number of all, modulo `bins`. */
  hash_cross: { readonly bins: number };
}

/** At what a text is split: at runs of the white space of ASCII, or into code points. */
export type TextSplit = "whitespace" | "character";

export interface Reduction {
  readonly axes: readonly number[];
  readonly keepdims: boolean;
}

export interface Convolution {
  readonly strides: readonly number[];
  readonly padding: Padding;
  readonly dilation: readonly number[];
  /** Channels are split into so many equal parts, each with filters of its own. */
  readonly groups: number;
}

export interface Pool {
  readonly window: readonly number[];
  readonly strides: readonly number[];
  readonly padding: Padding;
}

export type PrimitiveName = keyof Attributes;

/** The primitives that give exactly one result. */
export type SingleResult = Exclude<
  PrimitiveName,
  "ctc_beam_search" | "eig" | "eigh" | "fft" | "lu" | "qr" | "svd" | "top_k" | "scan" | "cond" | "while"
>;

/** What a primitive gives, from the shapes and dtypes it is given; a misfit is a ShapeError. */
export interface SpecRule<K extends PrimitiveName> {
  (inputs: readonly Spec[], attributes: Attributes[K]): Spec[];
  /** Whether the primitive is there for texts. */
  readonly isForTexts?: boolean;
}

/** One step of a Program. */
export type Instruction<K extends PrimitiveName = PrimitiveName> = {
  [P in K]: {
    readonly primitive: P;
    readonly attributes: Attributes[P];
    readonly inputs: readonly Value[];
    readonly outputs: readonly Value[];
  };
}[K];

/**
 * An executable graph in order: every value is an input, a constant, a variable or the output of an earlier
 * instruction. Dimensions that are `null` stay open until it runs. Knows nothing of Keras or of any engine.
 */
export interface Program {
  readonly inputs: readonly Value[];
  readonly constants: ReadonlyMap<Value, Tensor>;
  /** Values that are read from variables. */
  readonly variables: ReadonlyMap<Value, Variable>;
  readonly instructions: readonly Instruction[];
  readonly outputs: readonly Value[];
  /** New values of variables, for a program that changes them. */
  readonly updates: ReadonlyMap<Variable, Value>;
}
