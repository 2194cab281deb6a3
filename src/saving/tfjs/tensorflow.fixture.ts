import type * as Tf from "@tensorflow/tfjs";
import type { ByteSource } from "../byte-source.ts";
import { memorySource } from "../sources.ts";

/** TensorFlow.js itself, without its words on how to be faster. */
export function tensorflow(): Promise<typeof Tf> {
  return silently(async () => {
    const tf = await import("@tensorflow/tfjs");
    await tf.setBackend("cpu");
    tf.zeros([1]).dispose();
    return tf;
  });
}

/** It warns of much that is meant. */
async function silently<T>(work: () => Promise<T>): Promise<T> {
  const { warn } = console;
  console.warn = () => {};
  try {
    return await work();
  } finally {
    console.warn = warn;
  }
}

/** The files of a model by their names. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** A `model.json` with the other files beside it. */
export function filesSource(files: Files, name = "model.json"): ByteSource {
  const open = async (name: string) => {
    const bytes = files.get(name);
    if (!bytes) throw new Error(`no file ${name}`);
    return memorySource(bytes);
  };
  return { ...memorySource(files.get(name)!), siblings: { open } };
}

/** What TensorFlow.js saves of a model, its weights in files of at most `most` bytes. */
export async function filesOfTensorflow(
  model: Tf.LayersModel,
  most = 2 ** 22,
  { includeOptimizer = false }: { readonly includeOptimizer?: boolean } = {},
): Promise<Map<string, Uint8Array>> {
  const { io } = await tensorflow();
  const files = new Map<string, Uint8Array>();
  const save = async ({ weightData, weightSpecs, ...rest }: Tf.io.ModelArtifacts) => {
    const bytes = new Uint8Array(io.CompositeArrayBuffer.join(weightData!));
    const paths: string[] = [];
    for (let start = 0; start < bytes.length; start += most) {
      const path = `group1-shard${paths.length + 1}of${Math.ceil(bytes.length / most)}.bin`;
      paths.push(path);
      files.set(path, bytes.slice(start, start + most));
    }
    const json = { ...rest, weightsManifest: [{ paths, weights: weightSpecs }] };
    files.set("model.json", new TextEncoder().encode(JSON.stringify(json)));
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" as const } };
  };
  await silently(() => model.save(io.withSaveHandler(save), { includeOptimizer }));
  return files;
}

/** Opens the files of a model in TensorFlow.js. */
export async function openInTensorflow(files: Files): Promise<Tf.LayersModel> {
  const tf = await tensorflow();
  const { weightsManifest, ...artifacts } = JSON.parse(new TextDecoder().decode(files.get("model.json")));
  const groups = weightsManifest as { paths: string[]; weights: Tf.io.WeightsManifestEntry[] }[];
  const data = groups.flatMap(({ paths }) => paths.map((path) => Uint8Array.from(files.get(path)!).buffer));
  return tf.loadLayersModel(
    tf.io.fromMemory({
      ...artifacts,
      weightSpecs: groups.flatMap(({ weights }) => weights),
      weightData: data,
    }),
  );
}
