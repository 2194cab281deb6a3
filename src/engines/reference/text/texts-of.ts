import { invariant } from "../../../errors.ts";
import { type StaticShape, sizeOf } from "../../../tensor/shape.ts";
import { Tensor } from "../../../tensor/tensor.ts";

/** The texts that a tensor of them is made of, each at its place. */
export function textsOf({ strings }: Tensor): readonly string[] {
  invariant(strings !== null, "a kernel of texts was given numbers");
  return strings;
}

/** Every text made into another. */
export function mapTexts(x: Tensor, change: (text: string) => string): Tensor {
  const texts: string[] = [];
  const places = eachText(x, (text) => texts.push(change(text)) - 1);
  return new Tensor("string", x.shape, Int32Array.from(places), texts);
}

/** Every text made into a number. */
export function mapToNumbers(x: Tensor, numberOf: (text: string) => number): Tensor {
  return new Tensor("int32", x.shape, Int32Array.from(eachText(x, numberOf)));
}

/**
 * What a function makes of each element's text: of each text of the list once, and of none that no element has, since
 * batches share a list.
 */
export function eachText<T>(x: Tensor, compute: (text: string) => T): T[] {
  const texts = textsOf(x);
  const known = new Map<number, T>();
  return Array.from(x.data as Int32Array, (place) => {
    const made = known.get(place);
    if (made !== undefined) return made;
    const first = compute(texts[place]!);
    known.set(place, first);
    return first;
  });
}

/** Lists of texts as rows that end in "" where they are shorter than the longest. */
export class RaggedRows {
  readonly #known = new Map<string, number>([["", 0]]);
  readonly #rows: number[][] = [];

  add(texts: readonly string[]): void {
    this.#rows.push(texts.map((text) => this.#placeOf(text)));
  }

  /** As a tensor of one row for each element of `shape`. */
  toTensor(shape: StaticShape): Tensor {
    const longest = this.#rows.reduce((most, { length }) => Math.max(most, length), 0);
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
