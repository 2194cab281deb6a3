import type { Tensor } from "../../tensor/tensor.ts";

/** Smaller tensors stay in the model: shapes and axes must be known before the weights are read. */
const SMALLEST = 1024;
/** Where a tensor begins: at whole pages, so that a runtime can map the file. */
const PAGE = 4096;

export interface Place {
  readonly tensor: Tensor;
  readonly offset: number;
}

/** Names a file of weights by what it holds, which is given in pieces. */
export type NameOfWeights = (pieces: Iterable<Uint8Array>) => string;

/** A file beside a model that has its weights, ONNX's "external data". */
export class WeightsFile implements Iterable<Uint8Array> {
  readonly name: string;
  readonly places = new Map<string, Place>();
  #size = 0;

  constructor(name: string | NameOfWeights, tensors: ReadonlyMap<string, Tensor>) {
    for (const [key, tensor] of tensors) {
      const { byteLength } = tensor.data;
      if (byteLength < SMALLEST) continue;
      const offset = Math.ceil(this.#size / PAGE) * PAGE;
      this.places.set(key, { tensor, offset });
      this.#size = offset + byteLength;
    }
    this.name = typeof name === "string" ? name : name(this);
  }

  /** What the file holds, one tensor after the other, each without a copy. */
  *[Symbol.iterator](): Generator<Uint8Array> {
    let written = 0;
    for (const { tensor, offset } of this.places.values()) {
      if (offset > written) yield new Uint8Array(offset - written);
      const { buffer, byteOffset, byteLength } = tensor.data;
      yield new Uint8Array(buffer, byteOffset, byteLength);
      written = offset + byteLength;
    }
  }
}
