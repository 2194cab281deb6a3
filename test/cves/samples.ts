import { readFileSync } from "node:fs";
import { classOf, functionOf, kerasFile } from "../../src/check/files.fixture.ts";
import { planHdf5 } from "../../src/saving/hdf5/plan.ts";

/** A layer of Keras with these options. */
const layer = (className: string, options: object) => classOf("keras.layers", className, { config: options });

/** The same in a `.keras` file, as the last one of its model. */
const withLayer = (envelope: object) => kerasFile({ edit: ({ config }) => config.layers.push(envelope) });

const lambda = (fn: object, more: object = {}) => layer("Lambda", { name: "l", function: fn, ...more });

/** No code at all: what would be run is the text "none". */
const code = { class_name: "__lambda__", config: { code: "bm9uZQ==", defaults: null, closure: null } };

/** A whole model as Keras 2 keeps it in HDF5. */
const legacyFile = (model: object) =>
  planHdf5({
    attributes: new Map([
      ["model_config", JSON.stringify(model)],
      ["keras_version", "3.10.0"],
    ]),
    children: new Map(),
  }).toBytes();

const hdf5 = (name: string) => new Uint8Array(readFileSync(`golden/hdf5/${name}.h5`));

/** A file of weights whose kernel says that it has 2⁴⁰ rows in place of 4. */
function hugeWeights(): Uint8Array {
  const file = kerasFile();
  const shape = [4, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0];
  const at = file.findIndex((_, i) => shape.every((byte, k) => file[i + k] === byte));
  if (at < 0) throw new Error("expected the kernel's shape, received a file without it.");
  const start = new TextDecoder("latin1").decode(file).indexOf("\u0089HDF");
  const weights = file.slice(start);
  // The shape, and behind it how far it may grow.
  for (const place of [at - start, at - start + shape.length]) {
    weights[place] = 0;
    weights[place + 5] = 1;
  }
  return kerasFile({ weights });
}

/** Files that ask for what is in the reports, and for nothing that could do harm. */
export const samples = {
  lambda: () => withLayer(lambda(code)),
  module: () => withLayer(classOf("os", "system", { config: { command: "true" } })),
  getFile: () =>
    withLayer(
      lambda(functionOf("keras.utils", "get_file"), {
        arguments: { fname: "x", origin: "http://127.0.0.1:1/x", extract: true },
      }),
    ),
  lambdaInHdf5: () =>
    legacyFile({
      class_name: "Sequential",
      config: {
        name: "s",
        layers: [
          { class_name: "Lambda", config: { function: ["bm9uZQ==", null, null], function_type: "lambda" } },
        ],
      },
    }),
  unsafeSwitch: () => withLayer(lambda(functionOf("keras.config", "enable_unsafe_deserialization"))),
  vocabulary: () => withLayer(layer("StringLookup", { name: "s", vocabulary: "/etc/hostname" })),
  torchModule: () =>
    withLayer(
      layer("TorchModuleWrapper", {
        name: "t",
        module: { class_name: "__bytes__", config: { value: "bm9uZQ==" } },
      }),
    ),
  hugeShape: hugeWeights,
  savedModel: () => withLayer(layer("TFSMLayer", { name: "t", filepath: "/etc/hostname" })),
  externalStorage: () => kerasFile({ weights: hdf5("refused-storage-latest") }),
  virtualDataset: () => kerasFile({ weights: hdf5("refused-virtual-latest") }),
  layerName: () => kerasFile({ edit: (_, { config }) => Object.assign(config, { name: ".." }) }),
} as const;

export type SampleName = keyof typeof samples;
