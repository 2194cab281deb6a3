import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { copyFile, open } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type * as Tf from "@tensorflow/tfjs";
import { application, cache } from "../application.ts";
import { interleave } from "../measure.ts";
import { files } from "../package.ts";
import { Keras } from "../peers/keras.ts";
import { tensorflow } from "../peers/tfjs.ts";
import { atMost, atMostTimes, type Group, type Row } from "../row.ts";

const at = (name: string) => fileURLToPath(new URL(name, cache));

/** Files of older formats: opened, written and converted. */
export const measure: Group = async ({ quick }) => [...(await hdf5(quick)), ...(await tensorflowJs(quick))];

/** ResNet50's file of 103 MB, as Keras 2 has it. */
async function hdf5(quick: boolean): Promise<Row[]> {
  const [path, keras] = [at("resnet50.h5"), at("converted.keras")];
  if (!existsSync(path)) await files.saveModel(application("ResNet50"), path);
  const model = await files.loadModel(path);
  await model.load();
  const python = new Keras();
  const times = await interleave(
    {
      copied: () => copied(path, at("copy.h5")),
      opened: async () => (await files.loadModel(path)).dispose(),
      openedByKeras: await python.job("load", { path }),
      converted: () => files.convert(path, keras, { compile: false }),
      convertedByKeras: await python.job("convert", { path, target: at("converted-by-keras.keras") }),
      written: () => files.saveModel(model, at("written.h5")),
      writtenByKeras: await python.job("save", { path, target: at("written-by-keras.h5") }),
    },
    { rounds: quick ? 5 : 15, warmup: 4 },
  );
  python.end();
  const copy = { name: "copy, synced", value: times.copied };
  const [opened, converted, written] = [times.opened!, times.converted!, times.written!];
  const peer = (value: number | null) => ({ name: "Keras 3.6", value });
  return [
    {
      name: "open ResNet50.h5, weights untouched",
      unit: "ms",
      ours: opened,
      others: [peer(times.openedByKeras)],
      budget: atMost(opened, 25, "ms"),
    },
    {
      name: "convert ResNet50.h5 to .keras",
      unit: "ms",
      ours: converted,
      others: [copy, peer(times.convertedByKeras)],
      budget: atMostTimes(converted, 2, copy),
    },
    {
      name: "write ResNet50 as .h5",
      unit: "ms",
      ours: written,
      others: [copy, peer(times.writtenByKeras)],
      budget: atMostTimes(written, 2, copy),
    },
  ];
}

/** What a conversion cannot be faster than: the bytes, safe on the disk. */
async function copied(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  const handle = await open(to, "r+");
  await handle.sync();
  await handle.close();
}

/** MobileNetV2 as a layers model, 14 MB in four files. */
async function tensorflowJs(quick: boolean): Promise<Row[]> {
  const folder = at("mobilenet-v2/");
  const path = `${folder}model.json`;
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    await files.saveModel(application("MobileNetV2"), path);
  }
  const tf = await tensorflow(1);
  const times = await interleave(
    {
      opened: async () => (await files.loadModel(path)).dispose(),
      read: async () => {
        const model = await files.loadModel(path);
        await model.load();
        await model.dispose();
      },
      peer: async () => (await tf.loadLayersModel(handlerOf(folder))).dispose(),
    },
    { rounds: quick ? 5 : 15, warmup: 4 },
  );
  const peer = { name: "TensorFlow.js", value: times.peer };
  const [opened, read] = [times.opened!, times.read!];
  return [
    {
      name: "open MobileNetV2's model.json, weights untouched",
      unit: "ms",
      ours: opened,
      others: [peer],
      budget: atMostTimes(opened, 1, peer),
    },
    {
      name: "open MobileNetV2's model.json, all weights read",
      unit: "ms",
      ours: read,
      others: [peer],
      budget: atMostTimes(read, 1, peer),
    },
  ];
}

/** Reads a layers model from disk, as TensorFlow.js does with its own addition for Node. */
function handlerOf(folder: string): Tf.io.IOHandler {
  return {
    async load() {
      const { modelTopology, weightsManifest, ...rest } = JSON.parse(
        readFileSync(`${folder}model.json`, "utf8"),
      ) as Tf.io.ModelJSON;
      const bytes = weightsManifest.flatMap(({ paths }) => paths.map((path) => readFileSync(folder + path)));
      const { buffer, byteOffset, byteLength } = Buffer.concat(bytes);
      const weightData = buffer.slice(byteOffset, byteOffset + byteLength);
      const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
      return { ...rest, modelTopology, weightSpecs, weightData } as Tf.io.ModelArtifacts;
    },
  };
}
