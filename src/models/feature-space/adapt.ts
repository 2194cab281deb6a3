import { ModelError } from "../../errors.ts";
import { isDict } from "../../graph/nested.ts";
import { inspect, isIterable } from "../../json/inspect.ts";
import { quote } from "../../json/quote.ts";
import type { Batch, Lesson } from "../../layers/batches.ts";
import { fromNested } from "../../tensor/create.ts";
import { isDType, isInteger } from "../../tensor/dtype.ts";
import { concatenateRows, sliceRows } from "../../tensor/rows.ts";
import { Tensor } from "../../tensor/tensor.ts";

/** Values of features by their names: a batch of each, or of a single sample a number or a text. */
export type FeatureBatch = Readonly<Record<string, Batch>>;

/** What a FeatureSpace learns from: arrays by the names of the features, or such batch by batch. */
export type FeatureData = FeatureBatch | Iterable<FeatureBatch>;

/** How many samples are learned from at once where they come one by one. */
const SAMPLES = 32;

/** A feature that there is something to learn of. */
export interface Learned {
  readonly name: string;
  readonly dtype: string;
  readonly lesson: Lesson;
}

/** Teaches features by their lessons; it is done at once unless the batches have to be waited for. */
export function teachAll(
  where: string,
  data: FeatureData | AsyncIterable<FeatureBatch>,
  learned: readonly Learned[],
): void | Promise<void> {
  const pupils = learned.map((feature) => new Pupil(where, feature));
  const give = (batch: unknown) => {
    if (!isDict(batch))
      throw new ModelError(where, `expected batches by the names of features, received ${inspect(batch)}.`);
    for (const pupil of pupils) pupil.give(batch);
  };
  const end = () => {
    for (const pupil of pupils) pupil.end();
  };
  if (isDict(data))
    checkCounts(
      where,
      learned,
      pupils.map((pupil) => pupil.giveAll(data)),
    );
  else if (isAsync(data)) return giveInTurn(data, give).then(end);
  else if (isIterable(data)) for (const batch of data) give(batch);
  else {
    const expected = "arrays by the names of features, or an iterable of such batches";
    throw new ModelError(where, `expected ${expected}, received ${inspect(data)}.`);
  }
  end();
}

async function giveInTurn(data: AsyncIterable<FeatureBatch>, give: (batch: unknown) => void): Promise<void> {
  for await (const batch of data) give(batch);
}

/** Who learns one feature. Its lesson gets columns: what has no last axis of its own has one of size 1 there. */
class Pupil {
  readonly #where: string;
  readonly #name: string;
  readonly #dtype: string;
  readonly #lesson: Lesson;
  /** Samples that came one by one and were not learned yet. */
  #samples: Tensor[] = [];
  #count = 0;

  constructor(where: string, { name, dtype, lesson }: Learned) {
    this.#where = where;
    this.#name = name;
    this.#dtype = dtype;
    this.#lesson = lesson;
  }

  /** Learns from a batch, or from a sample that has no dimensions. */
  give(data: Readonly<Record<string, unknown>>): void {
    const values = this.#valuesIn(data);
    if (values.shape.length > 0) this.#learn(values);
    else if (this.#samples.push(column(values)) === SAMPLES) this.#learnSamples();
  }

  /** Learns from all samples there are; gives how many there were. */
  giveAll(data: Readonly<Record<string, unknown>>): number {
    const values = this.#valuesIn(data);
    const [rows, ...rest] = values.shape;
    if (rows === undefined)
      throw this.#problem(`expected an array of samples, received ${inspect(data[this.#name])}.`);
    const step = rest.length === 0 ? SAMPLES : 1;
    for (let start = 0; start < rows; start += step) {
      const some = sliceRows(values, start, Math.min(start + step, rows));
      this.#learn(
        rest.length === 0 ? some : new Tensor(some.dtype, rest as number[], some.data, some.strings),
      );
    }
    return rows;
  }

  end(): void {
    this.#learnSamples();
    if (this.#count === 0) throw this.#problem("expected at least one sample, received none.");
    this.#lesson.end();
  }

  #learn(values: Tensor): void {
    this.#count += values.size;
    this.#lesson.batch(values.shape.length === 1 ? column(values) : values);
  }

  #learnSamples(): void {
    if (this.#samples.length > 0) this.#learn(concatenateRows(this.#samples));
    this.#samples = [];
  }

  #valuesIn(data: Readonly<Record<string, unknown>>): Tensor {
    if (!Object.hasOwn(data, this.#name))
      throw this.#problem(`expected values, received those of ${inspect(Object.keys(data))}.`);
    return valuesOf(data[this.#name] as Batch, this.#dtype, this.#place);
  }

  get #place(): string {
    return `${this.#where}.${this.#name}`;
  }

  #problem(message: string): ModelError {
    return new ModelError(this.#place, message);
  }
}

/** Fails where columns of one table have different lengths. */
function checkCounts(where: string, learned: readonly Learned[], counts: readonly number[]): void {
  const other = counts.findIndex((count) => count !== counts[0]);
  if (other < 0) return;
  const expected = `as many samples as of ${quote(learned[0]!.name)}, ${counts[0]}`;
  throw new ModelError(
    `${where}.${learned[other]!.name}`,
    `expected ${expected}, received ${counts[other]}.`,
  );
}

/** Values of a feature of a dtype. What is no tensor says of whole numbers only that they are whole. */
function valuesOf(values: Batch, dtype: string, where: string): Tensor {
  if (values instanceof Tensor) return values;
  if (!isDType(dtype)) return fromNested(values, undefined, where);
  return fromNested(values, isInteger(dtype) ? "int64" : dtype, where);
}

function column({ dtype, size, data, strings }: Tensor): Tensor {
  return new Tensor(dtype, [size, 1], data, strings);
}

function isAsync(data: unknown): data is AsyncIterable<FeatureBatch> {
  return typeof data === "object" && data !== null && Symbol.asyncIterator in data;
}
