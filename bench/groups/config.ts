import { applicationText } from "../application.ts";
import { interleave } from "../measure.ts";
import { ceratops } from "../package.ts";
import { Keras } from "../peers/keras.ts";
import { atMostTimes, type Group } from "../row.ts";

/** Cloning and reading ResNet50: 177 layers, 163 KB of config. */
export const measure: Group = async ({ quick }) => {
  const { cloneModel, modelFromJson } = ceratops;
  const text = applicationText("ResNet50");
  const plain: unknown = JSON.parse(text);
  const model = modelFromJson(text);
  if (cloneModel(model).toJson() !== text) throw new Error("bench: the clone has another config.");
  const keras = new Keras();
  const [kerasClone, kerasRead] = [
    await keras.job("clone", { text }),
    await keras.job("from_json", { text }),
  ];
  const rounds = { rounds: quick ? 15 : 60, warmup: 20 };
  const times = await interleave(
    {
      clone: () => cloneModel(model),
      structuredClone: () => structuredClone(plain),
      read: () => modelFromJson(text),
      parse: () => JSON.parse(text),
      write: () => model.toJson(),
      stringify: () => JSON.stringify(plain),
    },
    rounds,
  );
  const slow = await interleave({ kerasClone, kerasRead }, { rounds: quick ? 3 : 7, warmup: 1 });
  keras.end();
  const floors = {
    clone: { name: "structuredClone of its config", value: times.structuredClone },
    read: { name: "JSON.parse", value: times.parse },
    write: { name: "JSON.stringify", value: times.stringify },
  };
  return [
    {
      name: "cloneModel, ResNet50",
      unit: "ms",
      ours: times.clone!,
      others: [floors.clone, { name: "Keras 3.6", value: slow.kerasClone }],
      budget: atMostTimes(times.clone!, 3, floors.clone),
    },
    {
      name: "modelFromJson, ResNet50",
      unit: "ms",
      ours: times.read!,
      others: [floors.read, { name: "Keras 3.6", value: slow.kerasRead }],
      budget: atMostTimes(times.read!, 6, floors.read),
    },
    { name: "toJson, ResNet50", unit: "ms", ours: times.write!, others: [floors.write], budget: null },
  ];
};
