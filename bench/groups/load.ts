import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { application, cache } from "../application.ts";
import { interleave } from "../measure.ts";
import { files } from "../package.ts";
import { Keras } from "../peers/keras.ts";
import { atMost, type Group } from "../row.ts";

/** Loading ResNet50's file of 103 MB. */
export const measure: Group = async ({ quick }) => {
  const path = fileURLToPath(new URL("resnet50.keras", cache));
  if (!existsSync(path)) await files.saveModel(application("ResNet50"), path);
  const keras = new Keras();
  const job = await keras.job("load", { path });
  const times = await interleave(
    {
      opened: () => files.loadModel(path),
      read: async () => (await files.loadModel(path)).getWeights().length,
      keras: job,
    },
    { rounds: quick ? 5 : 15, warmup: 3 },
  );
  keras.end();
  const others = [{ name: "Keras 3.6", value: times.keras }];
  const { opened, read } = times as { opened: number; read: number };
  return [
    {
      name: "load ResNet50.keras, weights untouched",
      unit: "ms",
      ours: opened,
      others,
      budget: atMost(opened, 20, "ms"),
    },
    {
      name: "load ResNet50.keras, all weights read",
      unit: "ms",
      ours: read,
      others,
      budget: atMost(read, 150, "ms"),
    },
  ];
};
