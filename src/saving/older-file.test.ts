import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { KeptState } from "../program/kept-state.ts";
import { loadModel } from "./load.ts";
import { keepOlderState } from "./older-file.ts";

it("what an optimizer of Keras 2 kept for other weights is left out, and said", async () => {
  const model = await loadModel(new Uint8Array(readFileSync("golden/2.15/models/optimizer_adam.keras")));
  const { variables } = model.optimizerState!;
  // A file has no learning rate; this one has one array less.
  const [count, , ...slots] = variables.slice(0, -1);
  const own = [count!, ...slots].map((variable, i) => [String(i), variable] as const);
  model.optimizerState = new KeptState(new Map([["vars", new KeptState(new Map(own))]]));
  const told: unknown[] = [];
  await keepOlderState(model, "m.keras", (issue) => told.push(issue));
  const message = `expected the state of an optimizer for ${model.trainableWeights.length} weights, received ${own.length} arrays: it begins anew.`;
  expect(told).toEqual([{ path: "m.keras optimizer", message }]);
  expect(model.optimizerState).toBeNull();
  expect(model.optimizer?.iterations).toBe(0);
});
