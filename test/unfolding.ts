import { expect } from "vitest";
import { parseDialect } from "../src/dialects/version.ts";
import { expectClose } from "../src/engines/expect-close.ts";
import { reference } from "../src/engines/reference/index.ts";
import type { Issue } from "../src/errors.ts";
import { flatten, packLike } from "../src/graph/nested.ts";
import type { Model } from "../src/models/model.ts";
import { saveHdf5Model } from "../src/saving/hdf5-model/save-model.ts";
import { gather, toBytes } from "../src/saving/save-model.ts";
import type { Tensor } from "../src/tensor/tensor.ts";
import { unfold } from "../src/unfolding/unfold.ts";
import { recordTensor } from "./formula.ts";

/** Fills the weights of a model with numbers that all differ. */
export function fill(model: Model): void {
  for (const [k, weight] of model.weights.entries()) {
    const { dtype, shape } = weight;
    weight.assign(recordTensor({ dtype, shape, k, scale: 0.8, ...(weight.isStatistic && { offset: 1.5 }) }));
  }
}

/** Writes a model as a version reads it, or fails as `saveModel` does. */
export async function written(model: Model, keras: string): Promise<Uint8Array> {
  return (parseDialect(keras) ?? 0) < 213
    ? gather(saveHdf5Model(model, { keras }))
    : toBytes(model, { keras });
}

/** Unfolds a model that a version refuses: it takes the result, which computes the same. */
export async function expectUnfolds(
  model: Model,
  keras: string,
  scale = 2,
): Promise<{ unfolded: Model; notices: readonly Issue[] }> {
  await expect(written(model, keras)).rejects.toThrow();
  const notices: Issue[] = [];
  const unfolded = unfold(model, { keras, onNotice: (notice) => notices.push(notice) });
  expect((await written(unfolded, keras)).length).toBeGreaterThan(0);
  const [before, after] = [await computed(model, scale), await computed(unfolded, scale)];
  expect(after.length).toBe(before.length);
  for (const [i, tensor] of before.entries())
    expectClose(after[i]!, tensor, `output ${i}`, tensor.dtype === "float32" ? 1e-6 : undefined);
  return { unfolded, notices };
}

async function computed(model: Model, scale: number): Promise<Tensor[]> {
  const xs = model.inputs.map(({ dtype, shape }, k) =>
    recordTensor({ dtype, shape: shape.map((size) => size ?? 3), k, scale, low: 0, high: 3 }),
  );
  const structure = model.input;
  return flatten(await model.predict(packLike(structure, xs), { engine: reference })) as Tensor[];
}
