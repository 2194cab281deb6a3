import { modelFromJson } from "../../src/index.ts";
import { loadModel, loadWeights } from "../../src/saving/index.ts";
import { expectModelHolds } from "../model-holds.ts";
import { mutateHdf5 } from "../mutate/hdf5.ts";
import { jsonText } from "../mutate/json-text.ts";
import { mutatePlain } from "../mutate/plain.ts";
import { hdf5Of, plainHdf5 } from "../mutate/plain-hdf5.ts";
import type { Random } from "../random.ts";
import type { Plain, Reader } from "../reader.ts";
import { withReading } from "../reading.ts";
import { goldenFiles } from "../seeds.ts";

type Dict = { [key: string]: Plain };

/** What a file says, as a plain value. */
interface Said extends Dict {
  file: Dict;
}

/** The weights of a file, and the config of the model that they are for. */
interface Weights extends Said {
  config: Plain;
}

const folders = ["1.2/models", "2.9/models", "2.15/models"];
const largest = 30_000;
const files = () =>
  folders.flatMap((folder) => goldenFiles(folder, ".h5")).filter(({ length }) => length <= largest);

/** Long lists of names stand in several attributes. */
function split(file: Dict): Dict {
  const { attributes, children } = file as { attributes: Dict; children: Dict };
  const pieces: Dict = {};
  for (const [key, value] of Object.entries(attributes)) {
    const half = Array.isArray(value) ? Math.ceil(value.length / 2) : 0;
    if (!Array.isArray(value) || value.length < 2) pieces[key] = value;
    else Object.assign(pieces, { [`${key}0`]: value.slice(0, half), [`${key}1`]: value.slice(half) });
  }
  const inside = Object.entries(children).map(([name, child]): [string, Plain] => [
    name,
    "children" in (child as Dict) ? split(child as Dict) : child,
  ]);
  return { attributes: pieces, children: Object.fromEntries(inside) };
}

async function saidIn(): Promise<Dict[]> {
  const plain = await Promise.all(files().map(plainHdf5));
  return plain.flatMap((file, i) => (i % 4 === 0 ? [file, split(file)] : [file]));
}

const bytesOf = (input: Uint8Array | Said) => (input instanceof Uint8Array ? input : hdf5Of(input.file));

/** Whole models in HDF5: bytes of the file, or what it says. */
export const olderModels: Reader<Uint8Array | Said> = {
  name: "HDF5 of Keras 1 and 2",
  share: 6,
  seeds: async () => [...files(), ...(await saidIn()).map((file): Said => ({ file }))],
  mutate(seed: Uint8Array | Said, random: Random, seeds: readonly (Uint8Array | Said)[]) {
    const other = random.pick(seeds);
    if (seed instanceof Uint8Array)
      return mutateHdf5(seed, random, other instanceof Uint8Array ? [other] : []);
    return { file: mutatePlain(seed.file, random, other instanceof Uint8Array ? [] : [other.file]) };
  },
  run: (input) => {
    const bytes = bytesOf(input);
    return withReading(bytes.length % 2 === 0, async (reading) => {
      const model = await loadModel(bytes, { name: "a.h5", ...reading });
      await model.load();
      await expectModelHolds(model, reading);
    });
  },
};

/** Weights alone, as `save_weights` of Keras 1 and 2 wrote them, for a model that they may fit. */
export const olderWeights: Reader<Weights> = {
  name: "weights of Keras 1 and 2",
  share: 4,
  seeds: async () =>
    (await saidIn()).flatMap((whole): Weights[] => {
      const { attributes, children } = whole as { attributes: Dict; children: Dict };
      const file = children.model_weights as Dict | undefined;
      const { model_config: config, keras_version } = attributes;
      if (!file || !config) return [];
      return [{ file, config: { ...(config as Dict), keras_version: keras_version ?? "1.2.2" } }];
    }),
  mutate: ({ file, config }, random, seeds) => ({
    file: mutatePlain(file, random, [random.pick(seeds).file]),
    config,
  }),
  async run({ file, config }) {
    const bytes = hdf5Of(file);
    const model = modelFromJson(jsonText(config));
    await loadWeights(model, bytes, { name: "a.h5", skipMismatch: bytes.length % 2 === 0 });
    await model.load();
  },
};
