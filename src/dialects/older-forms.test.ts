import { expect, it } from "vitest";
import { giveOlderForm } from "./older-forms.ts";

const normalization = (features: number) => ({
  module: "keras.layers",
  class_name: "Normalization",
  config: { name: "n", axis: -1, mean: 1, variance: 2 },
  build_config: { input_shape: [null, features] },
});

it("one statistic of a Normalization is one for each feature", () => {
  const envelope = normalization(3);
  giveOlderForm(envelope, 307);
  expect(envelope.config).toMatchObject({ mean: [1, 1, 1], variance: [2, 2, 2] });
});

it.each([4e7, 3e9, -1])("but no list of any length that a config asks for: %d", (features) => {
  const message = `layer "n": expected at most 1048576 features with one number for all, received ${features}.`;
  expect(() => giveOlderForm(normalization(features), 307)).toThrow(message);
});
