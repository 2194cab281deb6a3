import { expect, it } from "vitest";
import type { KerasTensor } from "../graph/graph.ts";
import { RandomNormal } from "../initializers/index.ts";
import { Dense, Input } from "../layers/index.ts";
import { Functional } from "../models/functional.ts";
import { modelFromJson } from "../revive.ts";
import { openArchive } from "../saving/archive.ts";
import { toBytes } from "../saving/save-model.ts";
import { memorySource } from "../saving/sources.ts";

it("integers beyond 2^53 are written back in a layer that a model shares with one inside", async () => {
  const x = Input({ shape: [2] });
  const shared = new Dense({ units: 2, kernel_initializer: new RandomNormal({ seed: 2n ** 60n }) });
  const inner = new Functional({ inputs: x, outputs: shared.apply(x) as KerasTensor });
  const outputs = shared.apply(inner.apply(x) as KerasTensor) as KerasTensor;
  const text = new Functional({ inputs: x, outputs }).toJson();
  const withIds = text.replaceAll('"class_name": "Dense"', '"shared_object_id": 7, "class_name": "Dense"');
  const { members } = await openArchive(memorySource(await toBytes(modelFromJson(withIds))));
  const written = new TextDecoder().decode(await members.get("config.json")!.read());
  expect(written.match(/"seed": 1152921504606846976/g)).toHaveLength(2);
});
