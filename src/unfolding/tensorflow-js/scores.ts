import type { KerasTensor } from "../../graph/graph.ts";
import { Softmax } from "../../layers/activation/softmax.ts";
import { Dot } from "../../layers/merging/index.ts";
import { Dropout } from "../../layers/regularization/dropout.ts";

/** Attention by layers that go over three axes: `softmax(query · key) · value`. */
export class Scores {
  readonly #products: Dot;
  readonly #softmax: Softmax;
  readonly #dropout: Dropout | null;
  readonly #result: Dot;

  constructor(dropout: number, named: (part: string) => string) {
    this.#products = new Dot({ axes: [2, 2], name: named("scores") });
    this.#softmax = new Softmax({ name: named("softmax") });
    this.#dropout = dropout > 0 ? new Dropout({ rate: dropout, name: named("dropout") }) : null;
    this.#result = new Dot({ axes: [2, 1], name: named("attention") });
  }

  attend(query: KerasTensor, key: KerasTensor, value: KerasTensor): KerasTensor {
    const scores = this.#softmax.apply<KerasTensor>(this.#products.apply<KerasTensor>([query, key]));
    const kept = this.#dropout?.apply<KerasTensor>(scores) ?? scores;
    return this.#result.apply<KerasTensor>([kept, value]);
  }
}
