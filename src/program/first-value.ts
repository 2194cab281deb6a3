import { Draw } from "../tensor/draw.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { oneByOne } from "../turn.ts";

/**
 * The first value of a variable. What is drawn can be had at once, or in parts with turns of the event loop between: that
 * is the same value, also for variables that share it.
 */
export class FirstValue {
  readonly takesTurns = true;
  readonly #begin: () => Tensor | Draw;
  #value: Tensor | Draw | null = null;

  constructor(begin: () => Tensor | Draw) {
    this.#begin = begin;
  }

  now(): Tensor {
    const begun = this.#begun();
    const value = begun instanceof Draw ? begun.all() : begun;
    this.#value = value;
    return value;
  }

  async later(): Promise<Tensor> {
    // What it is drawn with is taken now: of several variables in the order in which they are asked for.
    const begun = this.#begun();
    if (!(begun instanceof Draw)) return begun;
    return oneByOne(async () => {
      this.#value = (await begun.inTurns(() => this.#value === begun)) ?? this.#value;
      return this.now();
    });
  }

  #begun(): Tensor | Draw {
    this.#value ??= this.#begin();
    return this.#value;
  }
}
