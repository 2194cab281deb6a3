import { isDict } from "../../dialects/change.ts";
import { firstOfArchives } from "../../dialects/loads.ts";
import { dialectOfModel } from "../../dialects/older.ts";
import { before } from "../../dialects/programs.ts";
import { formatDialect, isOlder, parseDialect } from "../../dialects/version.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import type { Hdf5File } from "../../saving/hdf5/index.ts";
import { groupsOfIndex } from "../../saving/sharded/names.ts";
import { obstaclesInHdf5 } from "./hdf5.ts";
import { obstaclesInKeras2 } from "./keras-2.ts";
import { notFor, notForTfjs, obstaclesInKeras3, obstaclesToKeras3Files } from "./keras-3.ts";
import { layoutOf } from "./layout.ts";
import { type Loading, loadingOf, type Obstacle } from "./loading.ts";
import { obstaclesInTfjs } from "./tfjs.ts";
import { loadingOfShards } from "./weights.ts";

export type { Loading } from "./loading.ts";
export { loadingOfWeights } from "./weights.ts";

/** Which programs load a `.keras` file. */
export function loadingOfArchive(
  config: JsonValue,
  version: string | null,
  weights: Hdf5File | null,
): Loading[] {
  const dialect = version === null ? null : parseDialect(version);
  if (!isOlder(dialect)) return loadingOf([...obstaclesInKeras3(config), ...obstaclesToKeras3Files()]);
  const own: Obstacle[] = [
    {
      program: "tf_keras",
      versions: before("tf_keras", firstOfArchives),
      text: `a .keras file, which came with Keras ${formatDialect(firstOfArchives)}`,
    },
    notForTfjs("a .keras file"),
  ];
  const layout = weights && layoutOf(weights);
  return loadingOf([...own, ...obstaclesInKeras2(config, dialect, { isArchive: true, layout })]);
}

const untriedText: Obstacle = {
  ...notFor("keras", "a config as text of Keras 3, which was not tried"),
  isUnsure: true,
};

/** Which programs load a whole model in HDF5, or make one of a text that says as much. */
export function loadingOfModel(config: JsonValue, version: unknown, what: string, isText = false): Loading[] {
  const dialect = dialectOfModel(config, version) ?? (typeof version === "string" ? null : 0);
  const tfjs = notForTfjs(what);
  if (dialect !== null && isOlder(dialect)) return loadingOf([tfjs, ...obstaclesInKeras2(config, dialect)]);
  const tfKeras = notFor("tf_keras", "a config of Keras 3: it says inputs by batch_shape");
  const own = isText ? [untriedText] : obstaclesInHdf5(config, dialect);
  return loadingOf([tfjs, tfKeras, ...obstaclesInKeras3(config), ...own]);
}

/** Which programs load what is in a file of JSON; none where that is no model. */
export function loadingOfJson(file: JsonValue): Loading[] {
  if (!isDict(file)) return [];
  const groups = groupsOfIndex(file);
  if (groups) return loadingOfShards(groups);
  if ("modelTopology" in file) return loadingOf(obstaclesInTfjs(file));
  if (!("class_name" in file && "config" in file)) return [];
  return "module" in file && !isOlderText(file)
    ? loadingOf([
        ...obstaclesInKeras3(file),
        notFor("tf_keras", "a config of Keras 3: it says inputs by batch_shape"),
        notForTfjs("a config as text"),
      ])
    : loadingOfModel(file, file.keras_version, "a config as text", true);
}

function isOlderText({ keras_version: version }: JsonObject): boolean {
  return typeof version === "string" && isOlder(parseDialect(version));
}

/** Which programs make a model of a config in YAML. */
export function loadingOfYaml(): Loading[] {
  const what = "a config in YAML, which it reads no more";
  return loadingOf([notFor("keras", what), notFor("tf_keras", what), notForTfjs("a config in YAML")]);
}

/** Which programs load a SavedModel: its functions are not looked into. */
export function loadingOfSavedModel(): Loading[] {
  return loadingOf([
    notFor("keras", "a SavedModel, which is a layer at most (TFSMLayer)"),
    { ...notFor("tf_keras", "a SavedModel, which is not looked into"), isUnsure: true },
    notForTfjs("a SavedModel"),
  ]);
}
