import { expect, it } from "vitest";
import { tensor } from "../../engines/tensor.ts";
import { Input } from "../../layers/core/input-layer.ts";
import { Functional } from "../../models/functional.ts";
import { SeedGenerator } from "../../random/seed-generator.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { elasticTransform } from "./index.ts";

const images = tensor(
  Float32Array.from({ length: 60 }, (_, i) => i % 7),
  { shape: [1, 5, 4, 3] },
);
const drawn = (options: object) => [...(elasticTransform(images, options) as Tensor).data] as number[];

it("draws the same after a number, others after null and from a generator", () => {
  expect(drawn({ seed: 3 })).toEqual(drawn({ seed: 3 }));
  expect(drawn({ seed: 3 })).not.toEqual(drawn({ seed: 4 }));
  expect(drawn({})).not.toEqual(drawn({}));
  const seed = new SeedGenerator({ seed: 3 });
  expect(drawn({ seed })).toEqual(drawn({ seed: 3 }));
  expect(drawn({ seed })).not.toEqual(drawn({ seed: 3 }));
});

it("has no config with a generator, as in Keras", () => {
  const x = Input({ shape: [5, 4, 3] });
  const y = elasticTransform(x, { seed: new SeedGenerator({ seed: 3 }) });
  const model = new Functional({ inputs: x, outputs: y });
  expect(() => model.toJson()).toThrow(
    "expected a seed that is an integer or null in a config, received a SeedGenerator.",
  );
});

it("goes no further than the image, however wide the kernel is", () => {
  // Noise times sigma, of which each pixel has about a share of 1 / sigma² of those around: the wider, the less it moves.
  const wide = drawn({ sigma: 1e8, alpha: 20, seed: 3 });
  for (const [i, value] of wide.entries()) expect(value).toBeCloseTo(i % 7, 4);
  const [added, integrated] = [10_922, 10_923].map((sigma) => drawn({ sigma, alpha: 1e6, seed: 3 }));
  for (const [i, value] of integrated!.entries()) expect(value).toBeCloseTo(added![i]!, 1);
});
