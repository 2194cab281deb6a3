import type { VariableSource } from "../program/variable.ts";
import { castTensor } from "../tensor/cast.ts";
import type { DType } from "../tensor/dtype.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Hdf5Dataset } from "./hdf5/index.ts";

/** The value of a variable that is still in a file, in the variable's dtype. */
export class StoredTensor implements VariableSource {
  readonly #dataset: Hdf5Dataset;
  readonly #dtype: DType;

  constructor(dataset: Hdf5Dataset, dtype: DType) {
    this.#dataset = dataset;
    this.#dtype = dtype;
  }

  get now(): (() => Tensor) | undefined {
    const { readSync } = this.#dataset;
    return readSync && (() => castTensor(readSync(), this.#dtype));
  }

  async later(): Promise<Tensor> {
    return castTensor(await this.#dataset.read(), this.#dtype);
  }

  /** The value, at once where that can be. */
  read(): Tensor | Promise<Tensor> {
    return this.now?.() ?? this.later();
  }
}
