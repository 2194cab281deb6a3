import { expect, it } from "vitest";
import { Input, Sequential, tensor } from "../index.ts";
import { Dense, MultiHeadAttention } from "../layers/index.ts";
import { Functional } from "../models/functional.ts";
import type { Hdf5GroupInput } from "./hdf5/index.ts";
import { planHdf5 } from "./hdf5/plan.ts";
import { loadWeights } from "./load.ts";

type Children = Hdf5GroupInput["children"];
const group = (children: Children): Hdf5GroupInput => ({ children });
/** The variables of a layer, each filled with one number. */
const vars = (shapes: readonly (readonly number[])[], from: number) =>
  group(
    new Map(
      shapes.map((shape, i) => {
        const size = shape.reduce((product, each) => product * each, 1);
        const value = tensor(new Float32Array(size).fill(from + i), { shape });
        return [String(i), { dtype: "float32" as const, shape, data: () => value }];
      }),
    ),
  );

it("names with backslashes are groups in groups, as Keras 2 on Windows meant them", async () => {
  const model = new Sequential([Input({ shape: [3] }), new Dense({ units: 2 }), new Dense({ units: 1 })]);
  const file = group(
    new Map([
      ["layers\\dense", group(new Map([["vars", vars([[3, 2], [2]], 1)]]))],
      ["layers\\dense_1", group(new Map([["vars", vars([[2, 1], [1]], 3)]]))],
    ]),
  );
  await loadWeights(model, planHdf5(file).toBytes());
  expect(model.getWeights().map(({ data }) => data[0])).toEqual([1, 2, 3, 4]);
});

it("so are those of layers inside, by their private names", async () => {
  const x = Input({ shape: [2, 4] });
  const attention = new MultiHeadAttention({ num_heads: 1, key_dim: 2 });
  const model = new Functional({ inputs: x, outputs: attention.apply(x, x) });
  const inside = (name: string, shapes: readonly (readonly number[])[], from: number) =>
    [`layers\\multi_head_attention\\_${name}_dense`, group(new Map([["vars", vars(shapes, from)]]))] as const;
  const file = group(
    new Map([
      inside(
        "query",
        [
          [4, 1, 2],
          [1, 2],
        ],
        1,
      ),
      inside(
        "key",
        [
          [4, 1, 2],
          [1, 2],
        ],
        3,
      ),
      inside(
        "value",
        [
          [4, 1, 2],
          [1, 2],
        ],
        5,
      ),
      inside("output", [[1, 2, 4], [4]], 7),
    ]),
  );
  await loadWeights(model, planHdf5(file).toBytes());
  expect(model.getWeights().map(({ data }) => data[0])).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});
