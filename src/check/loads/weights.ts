import {
  firstOfArchives,
  firstOfLayers,
  firstOfShards,
  namesOneShard,
  untriedArchives,
  untriedShards,
} from "../../dialects/loads.ts";
import { before, everyVersion, from, versionsOf } from "../../dialects/programs.ts";
import type { JsonObject } from "../../json/json.ts";
import { quote } from "../../json/quote.ts";
import type { Hdf5File } from "../../saving/hdf5/index.ts";
import { weightsGroup } from "../../saving/hdf5-model/weights-group.ts";
import { datasetsIn } from "../../saving/weights-file.ts";
import { notFor, notForTfjs } from "./keras-3.ts";
import { layoutOf } from "./layout.ts";
import { type Loading, loadingOf, type Obstacle } from "./loading.ts";
import { untriedArrays, untriedGroups } from "./tried-weights.ts";

/**
 * Which programs load weights alone, in HDF5, into a model of the layers they are of. Keras asks what the file is called:
 * `name` is what it is called here. None of a file that holds no weights of Keras.
 */
export function loadingOfWeights(file: Hdf5File, name: string): Loading[] {
  const paths = datasetsIn(file).map(({ path }) => path);
  if (paths.length === 0) return [];
  const tfjs = notForTfjs("weights alone");
  if (weightsGroup(file.root)) {
    const { backend } = Object.fromEntries(file.root.attributes);
    const isOther = typeof backend === "string" && backend !== "tensorflow";
    const untried = [
      ...untriedArrays(paths),
      ...(isOther ? [`weights of the backend ${quote(backend)}`] : []),
    ];
    return loadingOf([tfjs, ...calledAsNew(name), ...unsure(untried)]);
  }
  const layout = layoutOf(file);
  if (layout === null && !file.root.children.has("vars")) return [];
  const untried =
    layout === null ? ["weights that are not under the layers of a model"] : untriedGroups(paths);
  if (/\.(?:h5|hdf5)$/.test(name) && !name.endsWith(newEnding))
    untried.push(`a name that does not end in ${newEnding}`);
  if (/_\d{5,}\.weights\.h5$/.test(name)) untried.push("one of several files, by its name");
  const obstacles = layout === "_layer_checkpoint_dependencies" ? asAtFirst(paths) : asToday(paths);
  return loadingOf([tfjs, ...obstacles, ...unsure(untried)]);
}

/** The same of several files, by their index. */
export function loadingOfShards(index: JsonObject): Loading[] {
  const what = "weights in several files with an index";
  const program = "keras";
  const listed = Object.values(index).some((name) => Array.isArray(name));
  const own: Obstacle[] = listed
    ? [
        {
          program,
          versions: [namesOneShard, namesOneShard],
          text: "lists of files, of which it looks for one",
        },
        { program, versions: [untriedShards, untriedShards], text: "not tried", isUnsure: true },
      ]
    : [{ program, versions: from(program, namesOneShard), text: "not tried", isUnsure: true }];
  return loadingOf([
    notForTfjs(what),
    notFor("tf_keras", what),
    { program, versions: before(program, firstOfShards), text: what },
    ...own,
    ...unsure(untriedGroups(Object.keys(index).map((path) => `${path}/0`))),
  ]);
}

const newEnding = ".weights.h5";

/** Versions that have another format for files of this name do not look at what is in them. */
function calledAsNew(name: string): Obstacle[] {
  if (!name.endsWith(newEnding)) return [];
  const text = `weights by layers in a file that is called ${newEnding}, where others are looked for`;
  return [notFor("keras", text), { program: "tf_keras", versions: from("tf_keras", firstOfArchives), text }];
}

/** Keras 3 counts layers of one class where the first of these files counted each of them twice. */
function asAtFirst(paths: readonly string[]): Obstacle[] {
  const found = ofTfKeras((version) => version < firstOfLayers, "_layer_checkpoint_dependencies");
  const second = paths.find((path) => !isOptimizer(path) && /_\d+\//.test(path));
  return second === undefined
    ? found
    : [...found, notFor("keras", `several layers of one class, which it counts otherwise: ${quote(second)}`)];
}

/** What Keras 3 and the last versions of Keras 2 write. */
function asToday(paths: readonly string[]): Obstacle[] {
  const found = ofTfKeras((version) => version >= firstOfLayers, "layers");
  const renamed = paths.find((path) => /\/(?:query|key|value|output)_dense\//.test(path));
  return renamed === undefined
    ? found
    : [...found, notFor("tf_keras", `the groups of a MultiHeadAttention of Keras 3: ${quote(renamed)}`)];
}

/** Which versions of tf.keras look for weights there. */
function ofTfKeras(looks: (version: number) => boolean, layout: string): Obstacle[] {
  const program = "tf_keras";
  return versionsOf(program).flatMap((version): Obstacle[] => {
    const versions = [version, version] as const;
    if (untriedArchives.includes(version)) return [{ program, versions, text: "not tried", isUnsure: true }];
    const text = `weights under ${quote(layout)}, where it does not look`;
    return version >= firstOfArchives && looks(version) ? [] : [{ program, versions, text }];
  });
}

function unsure(untried: readonly string[]): Obstacle[] {
  return (["keras", "tf_keras"] as const).flatMap((program) =>
    untried.map((what) => ({
      program,
      versions: everyVersion(program),
      text: `${what}, which was not tried`,
      isUnsure: true,
    })),
  );
}

function isOptimizer(path: string): boolean {
  return path.startsWith("/optimizer/");
}
