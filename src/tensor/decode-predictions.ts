import { ShapeError } from "../errors.ts";
import { checkOptions } from "../json/check-options.ts";
import { inspect, isPlain } from "../json/inspect.ts";
import { type Best, bestOfRows } from "./best.ts";
import { formatShape } from "./shape.ts";
import { Tensor } from "./tensor.ts";

/** What Keras's file `imagenet_class_index.json` holds: `{ "0": ["n01440764", "tench"], … }`. */
export type ImageNetIndex = Readonly<Record<string, readonly [id: string, label: string]>>;

/** What {@link decodePredictions} takes. */
export interface DecodeOptions {
  /** The names of the classes in the order of the scores, or the content of Keras's `imagenet_class_index.json`. */
  readonly labels: readonly string[] | ImageNetIndex;
  /** How many classes of each sample. Defaults to 5; where there are fewer classes, all. */
  readonly top?: number | undefined;
}

/** A class that a sample may be of: its place, its score as `value`, its name as `label`. */
export interface Prediction extends Best {
  /** The WordNet id, such as `n01440764`; null where the labels are a list of names. */
  readonly id: string | null;
}

const where = "decodePredictions";

/**
 * The most likely classes of each sample of a batch of scores `(samples, classes)`, the likeliest first; of equal scores
 * the first class first. Nothing is loaded: the labels are an argument. Scores of another number of dimensions, or not
 * as many classes as labels, are a {@link ShapeError}. Source: Keras 3.6 `applications/imagenet_utils.py`.
 *
 * @example
 * const scores = tensor([[0.1, 0.7, 0.2]]);
 * const [best] = decodePredictions(scores, { top: 2, labels: ["cat", "dog", "owl"] });
 * console.log(best?.map(({ label }) => label)); // ["dog", "owl"]
 */
export function decodePredictions(predictions: Tensor, options: DecodeOptions): Prediction[][] {
  checkOptions(where, options, { labels: true, top: true }, ShapeError);
  const { labels, top = 5 } = options;
  if (!(predictions instanceof Tensor)) {
    throw new ShapeError(where, `expected a tensor, received ${inspect(predictions)}.`);
  }
  if (!Number.isSafeInteger(top) || top < 1) {
    throw new ShapeError(where, `expected top to be at least 1, received ${inspect(top)}.`);
  }
  const classes = classesOf(labels);
  const { shape } = predictions;
  if (shape.length !== 2 || shape[1] !== classes.length) {
    throw new ShapeError(
      where,
      `expected scores of shape (samples, ${classes.length}), as many as labels, received ${formatShape(shape)}.`,
    );
  }
  const names = classes.map(({ label }) => label);
  return bestOfRows(predictions, Math.min(top, names.length), names).map((row) =>
    row.map((best) => ({ ...best, id: classes[best.index]?.id ?? null })),
  );
}

function classesOf(labels: readonly string[] | ImageNetIndex): { id: string | null; label: string }[] {
  const isList = Array.isArray(labels);
  if (!isList && !isPlain(labels)) throw wrong("labels", labels);
  const count = Object.keys(labels).length;
  if (count === 0) throw wrong("labels", labels);
  return Array.from({ length: count }, (_, i) => {
    const entry: unknown = isList ? labels[i] : (labels as ImageNetIndex)[i];
    if (isList && typeof entry === "string") return { id: null, label: entry };
    if (isList || !isPair(entry)) throw wrong(`labels[${i}]`, entry);
    return { id: entry[0], label: entry[1] };
  });
}

function isPair(entry: unknown): entry is readonly [string, string] {
  return Array.isArray(entry) && entry.length === 2 && entry.every((each) => typeof each === "string");
}

function wrong(place: string, received: unknown): ShapeError {
  return new ShapeError(
    `${where}.${place}`,
    `expected a list of names, or an object such as { "0": ["n01440764", "tench"] }, received ${inspect(received)}.`,
  );
}
