import { breathe } from "../turn.ts";
import { arrayType, type DType } from "./dtype.ts";
import { type StaticShape, sizeOf } from "./shape.ts";
import { Tensor } from "./tensor.ts";

/** How many numbers are drawn at a time: one to three milliseconds of work. */
const PART = 2 ** 15;

/** Random numbers each of which depends on its place alone, so that any part of them can be drawn by itself. */
export class Draw {
  readonly #shape: StaticShape;
  readonly #dtype: DType;
  readonly #part: (shape: StaticShape, start: number) => Tensor;

  /** @param part Gives as many numbers as its shape says, from a place on. */
  constructor(shape: StaticShape, dtype: DType, part: (shape: StaticShape, start: number) => Tensor) {
    this.#shape = shape;
    this.#dtype = dtype;
    this.#part = part;
  }

  /** All of them, at once. */
  all(): Tensor {
    return this.#part(this.#shape, 0);
  }

  /** The same part by part, with turns of the event loop between; null as soon as nobody needs them any more. */
  async inTurns(isNeeded: () => boolean): Promise<Tensor | null> {
    const size = sizeOf(this.#shape);
    const data = new (arrayType(this.#dtype))(size);
    for (let start = 0; start < size; start += PART) {
      await breathe();
      if (!isNeeded()) return null;
      const part = this.#part([Math.min(PART, size - start)], start);
      data.set(part.data as never, start);
    }
    return new Tensor(this.#dtype, this.#shape, data);
  }
}
