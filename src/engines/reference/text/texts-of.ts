import { invariant } from "../../../errors.ts";
import { type StaticShape, sizeOf } from "../../../tensor/shape.ts";
import { Tensor } from "../../../tensor/tensor.ts";

/** The texts that a tensor of them is made of, each at its place. */
export function textsOf({ strings }: Tensor): readonly string[] {
  invariant(strings !== null, "a kernel of texts was given numbers");
  return strings;
}

/** Every text made into another; each of the list once, however often it stands in the tensor. */
export function mapTexts(x: Tensor, change: (text: string) => string): Tensor {
  return new Tensor("string", x.shape, x.data, textsOf(x).map(change));
}

/** Every text made into a number; each of the list once. */
export function mapToNumbers(x: Tensor, numberOf: (text: string) => number): Tensor {
  const numbers = textsOf(x).map(numberOf);
  return new Tensor(
    "int32",
    x.shape,
    (x.data as Int32Array).map((place) => numbers[place]!),
  );
}

/** Lists of texts as rows that end in "" where they are shorter than the longest, or than `width`. */
export class RaggedRows {
  readonly #known = new Map<string, number>([["", 0]]);
  readonly #rows: number[][] = [];

  add(texts: readonly string[]): void {
    this.#rows.push(texts.map((text) => this.#placeOf(text)));
  }

  /** As a tensor of one row for each element of `shape`. */
  toTensor(shape: StaticShape, width = 0): Tensor {
    const longest = this.#rows.reduce((most, { length }) => Math.max(most, length), width);
    const places = new Int32Array(sizeOf(shape) * longest);
    for (const [i, row] of this.#rows.entries()) places.set(row, i * longest);
    return new Tensor("string", [...shape, longest], places, [...this.#known.keys()]);
  }

  #placeOf(text: string): number {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const place = this.#known.size;
    this.#known.set(text, place);
    return place;
  }
}
