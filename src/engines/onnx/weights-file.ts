import { bytesOf, type Constant, LargeWeight } from "./large-weight.ts";

/** Smaller tensors stay in the model: shapes and axes must be known before the weights are read. */
const SMALLEST = 1024;
/** Where a tensor begins: at whole pages, so that a runtime can map the file. */
const PAGE = 4096;

interface Place {
  readonly constant: Constant;
  readonly offset: number;
  readonly length: number;
}

/** A file beside a model that has its weights, ONNX's "external data". Its bytes can be had as often as they are needed. */
export class WeightsFile implements AsyncIterable<Uint8Array> {
  readonly places: ReadonlyMap<string, Place>;

  constructor(constants: ReadonlyMap<string, Constant>) {
    const places = new Map<string, Place>();
    let size = 0;
    for (const [key, constant] of constants) {
      const length = lengthOf(constant);
      if (length < SMALLEST && !(constant instanceof LargeWeight)) continue;
      const offset = Math.ceil(size / PAGE) * PAGE;
      places.set(key, { constant, offset, length });
      size = offset + length;
    }
    this.places = places;
  }

  /** What the file holds, one tensor after the other. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    let written = 0;
    for (const { constant, offset, length } of this.places.values()) {
      if (offset > written) yield new Uint8Array(offset - written);
      if (constant instanceof LargeWeight) yield* constant.pieces();
      else yield bytesOf(constant.data);
      written = offset + length;
    }
  }
}

function lengthOf(constant: Constant): number {
  return constant instanceof LargeWeight ? constant.byteLength : constant.data.byteLength;
}
