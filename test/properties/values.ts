import { flatten, type Nested } from "../../src/graph/nested.ts";
import { type Functional, type Tensor, tensor, toNested } from "../../src/index.ts";

export { flatten as flattenNested } from "../../src/graph/nested.ts";

/** The outputs of a model for fixed inputs, two samples. */
export function valuesOf(model: Functional): unknown {
  const given = model.inputs.map(({ shape }, i) => {
    const size = 2 * shape[1]!;
    return tensor(
      Float32Array.from({ length: size }, (_, j) => ((j * 7 + i * 3) % 11) / 5 - 1),
      {
        shape: [2, shape[1]!],
      },
    );
  });
  const outputs = model.apply<Nested<Tensor>>(given.length === 1 ? given[0]! : given);
  return flatten(outputs).map(toNested);
}
