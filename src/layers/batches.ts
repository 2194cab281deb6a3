import { ModelError } from "../errors.ts";
import { type Operation, placeOf } from "../graph/graph.ts";
import { checkOptions } from "../json/check-options.ts";
import { inspect } from "../json/inspect.ts";
import { fromNested, type NestedArray } from "../tensor/create.ts";
import { Tensor } from "../tensor/tensor.ts";

/** One batch of what is learned from: a tensor, or nested arrays. */
export type Batch = Tensor | NestedArray;

/** What a layer learns from: all at once, or batch by batch. */
export type AdaptData = Batch | Iterable<Batch>;

/** What `adapt` takes beside the data. */
export interface AdaptOptions {
  /** How many batches are taken. Defaults to all of them. */
  readonly steps?: number | null | undefined;
}

/** Learning: what is done with all data at once, with one batch of several, and behind the last. */
export interface Lesson {
  readonly whole: (data: Tensor) => void;
  readonly batch: (data: Tensor) => void;
  readonly end: () => void;
}

/** A layer that learns from data what its options need not say. */
export interface Learns {
  /** Whether its options say what it would learn. */
  readonly isGiven: boolean;
  /** Whether it has learned, or its config says that it had. */
  readonly hasLearned: boolean;
  /** Begins to learn anew. */
  lesson(): Lesson;
}

/** Whether a layer is one that learns. */
export function learns<T extends object>(layer: T): layer is T & Learns {
  return "lesson" in layer;
}

/** Teaches a layer all the data; it is done at once unless the batches have to be waited for. */
export function teach(
  layer: Operation & Learns,
  data: AdaptData | AsyncIterable<Batch>,
  options: AdaptOptions,
): void | Promise<void> {
  const where = placeOf(layer);
  checkOptions(() => `${where}: adapt`, options, { steps: true }, ModelError);
  const { steps } = options;
  const lesson = layer.lesson();
  if (steps != null && !(Number.isInteger(steps) && steps > 0))
    throw new ModelError(
      `${where}: adapt`,
      `expected steps to be a positive integer, received ${inspect(steps)}.`,
    );
  const most = steps ?? Number.POSITIVE_INFINITY;
  if (isAsync(data)) return learnAsync(data, most, lesson);
  if (isWhole(data)) lesson.whole(asTensor(data));
  else if (isIterable(data)) {
    let done = 0;
    for (const batch of data) {
      lesson.batch(asTensor(batch));
      if (++done >= most) break;
    }
  } else {
    const message = `expected a tensor, arrays or an iterable of batches, received ${inspect(data)}.`;
    throw new ModelError(`${where}: adapt`, message);
  }
  lesson.end();
}

async function learnAsync(data: AsyncIterable<Batch>, most: number, lesson: Lesson): Promise<void> {
  let done = 0;
  for await (const batch of data) {
    lesson.batch(asTensor(batch));
    if (++done >= most) break;
  }
  lesson.end();
}

/** Tensors and arrays of elements are data; arrays of tensors are batches. */
function isWhole(data: unknown): data is Batch {
  if (data instanceof Tensor || typeof data === "string" || ArrayBuffer.isView(data)) return true;
  return Array.isArray(data) && !data.some((item) => item instanceof Tensor);
}

function asTensor(batch: Batch): Tensor {
  return batch instanceof Tensor ? batch : fromNested(batch);
}

function isAsync(data: unknown): data is AsyncIterable<Batch> {
  return typeof data === "object" && data !== null && Symbol.asyncIterator in data;
}

function isIterable(data: unknown): data is Iterable<Batch> {
  return typeof data === "object" && data !== null && Symbol.iterator in data;
}

/** Data of one dimension as a column: each element is a document. */
export function asColumn(data: Tensor): Tensor {
  return data.shape.length === 1 ? new Tensor(data.dtype, [data.size, 1], data.data, data.strings) : data;
}

/** A batch of one dimension, or none, as a row: it is one document. */
export function asRows(data: Tensor): Tensor {
  return data.shape.length < 2 ? new Tensor(data.dtype, [1, data.size], data.data, data.strings) : data;
}
