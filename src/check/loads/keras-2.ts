import { isDict } from "../../dialects/change.ts";
import { refusedInGraph, refusedInLayer } from "../../dialects/keras-2/refused.ts";
import { keras200 } from "../../dialects/keras-2.0.ts";
import { firstOfArchives, firstOfLayers, untriedArchives } from "../../dialects/loads.ts";
import { before, everyVersion, versionsOf } from "../../dialects/programs.ts";
import { type Dialect, formatDialect, isOlder } from "../../dialects/version.ts";
import type { JsonValue } from "../../json/json.ts";
import { quote } from "../../json/quote.ts";
import { eachDict } from "../each-dict.ts";
import { codeText, eachCode } from "./code.ts";
import { notFor } from "./keras-3.ts";
import type { Layout } from "./layout.ts";
import type { Obstacle } from "./loading.ts";

/** What keeps programs from making a model of what Keras 2 or 1 wrote: in HDF5 or as text, or in a `.keras` file. */
export function obstaclesInKeras2(
  config: JsonValue,
  dialect: Dialect | null,
  { isArchive = false, layout = null }: { readonly isArchive?: boolean; readonly layout?: Layout } = {},
): Obstacle[] {
  if (dialect !== null && dialect < keras200.since) {
    const text = "classes and keys of Keras 1, which no later version has";
    return [notFor("keras", text), notFor("tf_keras", text)];
  }
  const found: Obstacle[] = [];
  eachDict(config, "config", (dict) => {
    const { class_name: className, config: own, module } = dict;
    if (typeof module === "string" && /^keras\.(?:src\.)?engine\b/.test(module))
      found.push(notFor("keras", `module ${module}, which ended with Keras 2`));
    if (typeof className !== "string") return;
    const place = isDict(own) && typeof own.name === "string" ? `layer ${quote(own.name)}: ` : "";
    if (isDict(own))
      for (const { text, ...rest } of refusedInLayer(className, own, isArchive))
        found.push({ program: "keras", text: `${place}${text}`, ...rest });
    const graph = isDict(own) ? own : Array.isArray(own) ? { layers: own } : {};
    for (const { text, ...rest } of refusedInGraph(graph))
      found.push({ program: "keras", text: `${place}${text}`, ...rest });
  });
  eachCode(config, (name) => {
    for (const program of ["keras", "tf_keras"] as const)
      found.push({ program, versions: everyVersion(program), text: codeText(name), isUnsure: true });
  });
  return [...found, ...betweenVersions(config, dialect), ...(isArchive ? ofLayout(layout) : [])];
}

/** Layers that versions of tf.keras load only where a program asks for what TensorFlow 1 had. */
const ofTensorflow1 = new Set(["CuDNNGRU", "CuDNNLSTM", "RandomFourierFeatures", "TensorFlowOpLayer"]);

/** Layers that no version of tf.keras finds by their names, though some have them. */
const unfound = new Set(["LayerScale", "SpectralNormalization", "StochasticDepth"]);

/** What another Keras 2 wrote is loaded, as far as it is known what. */
function betweenVersions(config: JsonValue, dialect: Dialect | null): Obstacle[] {
  const found: Obstacle[] = [];
  if (dialect !== null && isOlder(dialect))
    found.push({
      program: "tf_keras",
      versions: before("tf_keras", dialect),
      text: `written by Keras ${formatDialect(dialect)}, which is newer`,
      isUnsure: true,
    });
  eachDict(config, "config", ({ class_name: name, config: own, module }) => {
    if (typeof name !== "string") return;
    const isOfKeras = module === undefined || (typeof module === "string" && /^keras\b/.test(module));
    const isUnfound = isOfKeras && unfound.has(name);
    if (!isUnfound && !ofTensorflow1.has(name)) return;
    const place = isDict(own) && typeof own.name === "string" ? `layer ${quote(own.name)}: ` : "";
    const versions = everyVersion("tf_keras");
    const [text, isUnsure] = isUnfound
      ? [`${name}, which versions that have it do not find either`, false]
      : [`${name}, which is of TensorFlow 1`, true];
    found.push({ program: "tf_keras", versions, text: `${place}${text}`, isUnsure });
  });
  return found;
}

/** Which versions of Keras 2 look for weights where a `.keras` file has them. */
function ofLayout(layout: Layout): Obstacle[] {
  if (layout === null) return [];
  const isOld = layout === "_layer_checkpoint_dependencies";
  const text = `weights under ${quote(layout)}, where ${isOld ? "newer" : "older"} versions do not look`;
  const found: Obstacle[] = versionsOf("tf_keras").flatMap((version): Obstacle[] => {
    const versions = [version, version] as const;
    if (untriedArchives.includes(version))
      return [{ program: "tf_keras", versions, text: "not tried", isUnsure: true }];
    return version < firstOfArchives || isOld === version < firstOfLayers
      ? []
      : [{ program: "tf_keras", versions, text }];
  });
  return isOld ? [...found, notFor("keras", text)] : found;
}
