import { modelFromJson } from "../../src/index.ts";
import { loadModel, loadWeights } from "../../src/saving/index.ts";
import { gather, saveWeights } from "../../src/saving/save-model.ts";
import { mutateHdf5 } from "../mutate/hdf5.ts";
import { unzip } from "../mutate/unzip.ts";
import { mutateZip } from "../mutate/zip.ts";
import type { Random } from "../random.ts";
import type { Reader } from "../reader.ts";
import { kerasFiles } from "../seeds.ts";

const isWeights = ({ name }: { readonly name: string }) => name === "model.weights.h5";
const isConfig = ({ name }: { readonly name: string }) => name === "config.json";

/** Files of models of Keras's own classes, with the texts of their configs. */
const models = kerasFiles()
  .filter((file) => file.length < 20_000)
  .map((file) => ({ file, text: new TextDecoder().decode(unzip(file).find(isConfig)!.bytes) }))
  .filter(({ text }) => !/golden>|"unknown>|__lambda__/.test(text));

/** Files of weights, `.weights.h5` and `.keras`, for a model that they may fit. */
export const weights: Reader<Uint8Array> = {
  name: "loadWeights",
  share: 10,
  seeds: async () => {
    const [first] = models;
    return [
      ...models.map(({ file }) => file),
      ...models.map(({ file }) => unzip(file).find(isWeights)!.bytes),
      await gather(saveWeights(await loadModel(first!.file))),
    ];
  },
  mutate(seed: Uint8Array, random: Random, seeds: readonly Uint8Array[]): Uint8Array {
    if (seed[0] !== 0x50) return mutateHdf5(seed, random, seeds);
    return mutateZip(seed, random, seeds, (member) =>
      isWeights(member) ? mutateHdf5(member.bytes, random, seeds) : undefined,
    );
  },
  async run(bytes) {
    const { text } = models[(bytes[bytes.length >> 1] ?? 0) % models.length]!;
    const model = modelFromJson(text);
    await loadWeights(model, bytes, { name: "a.weights.h5", skipMismatch: bytes.length % 2 === 0 });
    await model.load();
  },
};
