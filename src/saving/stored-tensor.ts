import { attachment } from "../json/attachment.ts";
import type { VariableSource } from "../program/variable.ts";
import { castTensor } from "../tensor/cast.ts";
import type { DType } from "../tensor/dtype.ts";
import type { StaticShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { ByteSource } from "./byte-source.ts";
import type { FileSum } from "./file-sum.ts";

/** An array in a file: what it is is known, its elements are read on demand. */
export interface StoredArray {
  readonly dtype: string;
  readonly shape: StaticShape;
  read(): Promise<Tensor>;
  /** The same at once, where the source can. */
  readonly readSync?: (() => Tensor) | undefined;
  /** Where their bytes are in one piece, in order and little-endian; undefined where they are stored otherwise. */
  readonly place?: Place | undefined;
}

/** A range of a source. */
export interface Place {
  readonly source: Pick<ByteSource, "read" | "readInto">;
  readonly offset: number;
  readonly length: number;
}

const sums = /* @__PURE__ */ attachment<FileSum>();

/** The sum of the file that a tensor was read from; undefined for one of elsewhere, or of a file without a sum. */
export function sumOf(tensor: Tensor): FileSum | undefined {
  return sums.get(tensor);
}

/** A tensor in another dtype, which comes from the same file. */
export function castStored(tensor: Tensor, dtype: DType): Tensor {
  const found = castTensor(tensor, dtype);
  const sum = sumOf(tensor);
  if (sum) sums.set(found, sum);
  return found;
}

/** A value that is still in a file, in the dtype that is wanted of it. */
export class StoredTensor implements VariableSource {
  readonly #dataset: StoredArray;
  readonly #dtype: DType;
  /** Whether somebody has the value; copies of a weight read it once more. */
  #isTaken = false;
  /** That of the file, where it has one. */
  readonly sum: FileSum | undefined;

  constructor(dataset: StoredArray, dtype: DType, sum: FileSum | undefined) {
    this.#dataset = dataset;
    this.#dtype = dtype;
    this.sum = sum;
  }

  get now(): (() => Tensor) | undefined {
    const { readSync } = this.#dataset;
    if (!readSync) return undefined;
    return () => this.#taken(readSync());
  }

  async later(): Promise<Tensor> {
    return this.#taken(await this.#dataset.read());
  }

  /** The value, at once where that can be; it is not going to be kept. */
  read(): Tensor | Promise<Tensor> {
    return this.readSync?.() ?? this.#dataset.read().then((stored) => this.#made(stored));
  }

  get readSync(): (() => Tensor) | undefined {
    const { readSync } = this.#dataset;
    return readSync && (() => this.#made(readSync()));
  }

  /** Where the bytes of the value are as they are; undefined where they have to be made first. */
  get place(): Place | undefined {
    return this.#dataset.dtype === this.#dtype ? this.#dataset.place : undefined;
  }

  #taken(stored: Tensor): Tensor {
    const tensor = this.#made(stored);
    if (!this.#isTaken) {
      this.#isTaken = true;
      this.sum?.took();
    }
    return tensor;
  }

  #made(stored: Tensor): Tensor {
    const tensor = castTensor(stored, this.#dtype);
    if (this.sum && !this.sum.isChecked) sums.set(tensor, this.sum);
    return tensor;
  }
}
