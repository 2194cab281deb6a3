/** What examples may use without making it; each is as the examples of the documents have it. */

import { float } from "../src/fields.ts";
import { Functional, Input, KerasTensor, Sequential, Tensor, tensor, toNested } from "../src/index.ts";
import { Dense, Layer, layer } from "../src/layers/index.ts";
import { multiply, type Operand } from "../src/ops/index.ts";

export const model = new Sequential([
  Input({ shape: [728] }),
  new Dense({ units: 32, activation: "relu" }),
  new Dense({ units: 1, activation: "sigmoid" }),
]);

const inputs = Input({ shape: [728] });
export const functional = new Functional({
  inputs,
  outputs: new Dense({ units: 1 }).apply(new Dense({ units: 32, activation: "relu" }).apply(inputs)),
});

/** What the models take. */
export const x = tensor(new Float32Array(2 * 728), { shape: [2, 728] });

export class MyModel extends Sequential {}
export class MyLayer extends Layer {}
export class Scale extends layer("Scale", { factor: float(1) }, { package: "my_package" }) {
  override call(x: Operand) {
    return multiply(x, this.factor);
  }
}

/** Fails where a value is not what the comment behind its statement says: `// [null, 4]` is the shape of a KerasTensor, or a value. */
export function says(value: unknown, comment: unknown): void {
  const said = value instanceof KerasTensor ? value.shape : value instanceof Tensor ? toNested(value) : value;
  if (JSON.stringify(said) !== JSON.stringify(comment))
    throw new Error(
      `expected ${JSON.stringify(comment)}, as the comment says, received ${JSON.stringify(said)}.`,
    );
}
