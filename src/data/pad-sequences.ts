import { ShapeError } from "../errors.ts";
import { checkOption, checkOptions, type OptionKind } from "../json/check-options.ts";
import { inspect } from "../json/inspect.ts";
import { aCount } from "../json/option-kinds.ts";
import { castTensor, fromNested, type NestedArray, type Scalar } from "../tensor/create.ts";
import { type DType, isDType } from "../tensor/dtype.ts";
import { scalarsOf } from "../tensor/nested.ts";
import { formatShape, sameShape, sizeOf } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

/** How sequences are made equally long. */
export interface PadOptions {
  /** How long all are. Defaults to the length of the longest. */
  readonly maxlen?: number | null | undefined;
  /** The dtype of the result. Defaults to "int32". */
  readonly dtype?: DType | undefined;
  /** Where shorter ones are filled up: in front, `"pre"`, or behind, `"post"`. Defaults to "pre". */
  readonly padding?: "pre" | "post" | undefined;
  /** Where longer ones are cut: in front, `"pre"`, or behind, `"post"`. Defaults to "pre". */
  readonly truncating?: "pre" | "post" | undefined;
  /** What they are filled up with. Defaults to 0, for texts to "". */
  readonly value?: Scalar | undefined;
}

const aSide: OptionKind = ['"pre" or "post"', (given) => given === "pre" || given === "post"];
const aDType: OptionKind = ["a dtype", isDType];
const where = "padSequences";

/**
 * Sequences of several lengths as one tensor of the shape `(sequences, maxlen, …)`. Source: Keras 3.6
 * `utils/sequence_utils.py`.
 *
 * @example
 * import { padSequences } from "ceratops/data";
 *
 * const x = padSequences([[1], [2, 3], [4, 5, 6]], { maxlen: 2 }).toArray(); // [[0, 1], [2, 3], [5, 6]]
 */
export function padSequences(sequences: readonly (NestedArray | Tensor)[], options: PadOptions = {}): Tensor {
  const names = { maxlen: true, dtype: true, padding: true, truncating: true, value: true } as const;
  checkOptions(where, options, names, ShapeError);
  checkOption(where, options, "maxlen", aCount, ShapeError);
  checkOption(where, options, "dtype", aDType, ShapeError);
  for (const side of ["padding", "truncating"] as const) checkOption(where, options, side, aSide, ShapeError);
  if (!Array.isArray(sequences) || sequences.length === 0)
    throw new ShapeError(where, `expected a list of sequences, received ${inspect(sequences)}.`);
  const { dtype = "int32" } = options;
  const tensors = sequences.map((sequence, i) => asSequence(sequence, i, dtype));
  const [, ...sample] = tensors.find(({ shape }) => shape[0])?.shape ?? [];
  const length = options.maxlen ?? tensors.reduce((longest, { shape }) => Math.max(longest, shape[0]!), 0);
  return filled(tensors, length, sample, options, dtype);
}

function filled(
  tensors: readonly Tensor[],
  length: number,
  sample: readonly number[],
  { padding, truncating, value }: PadOptions,
  dtype: DType,
): Tensor {
  const shape = [tensors.length, length, ...sample];
  const size = sizeOf(sample);
  const items = new Array<Scalar>(sizeOf(shape)).fill(filler(value, dtype));
  for (const [i, tensor] of tensors.entries()) {
    const [own = 0, ...rest] = tensor.shape;
    if (own === 0) continue;
    if (!sameShape(rest, sample))
      throw new ShapeError(
        `${where}: sequences[${i}]`,
        `expected elements of the shape ${formatShape(sample)}, received ${formatShape(rest)}.`,
      );
    const kept = Math.min(own, length);
    const from = (truncating === "post" ? 0 : own - kept) * size;
    const to = (i * length + (padding === "post" ? 0 : length - kept)) * size;
    const elements = scalarsOf(tensor);
    for (let k = 0; k < kept * size; k++) items[to + k] = elements[from + k]!;
  }
  const { data, strings } = fromNested(items, dtype);
  return new Tensor(dtype, shape, data, strings);
}

/** What is filled up with, as an element of the result. */
function filler(value: Scalar | undefined, dtype: DType): Scalar {
  if (value !== undefined && (typeof value === "string") !== (dtype === "string"))
    throw new ShapeError(
      where,
      `expected value to be ${dtype === "string" ? "a text" : "a number"}, because dtype is ${inspect(dtype)}, received ${inspect(value)}.`,
    );
  if (dtype === "string") return value ?? "";
  return scalarsOf(castTensor(fromNested([value ?? 0]), dtype))[0]!;
}

function asSequence(sequence: NestedArray | Tensor, i: number, dtype: DType): Tensor {
  const tensor = sequence instanceof Tensor ? sequence : fromNested(sequence);
  if (tensor.shape.length === 0)
    throw new ShapeError(`${where}: sequences[${i}]`, `expected a sequence, received ${inspect(sequence)}.`);
  if (tensor.shape[0] !== 0 && (tensor.dtype === "string") !== (dtype === "string"))
    throw new ShapeError(
      `${where}: sequences[${i}]`,
      `expected ${dtype === "string" ? "texts" : "numbers"}, because dtype is ${inspect(dtype)}, received ${tensor.dtype}.`,
    );
  return dtype === "string" || tensor.dtype === "string" ? tensor : castTensor(tensor, dtype);
}
