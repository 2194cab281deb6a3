import { keras316 } from "../dialects/keras-3.16.ts";
import { formatDialect } from "../dialects/version.ts";
import type { Node } from "../graph/graph.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { quote } from "../json/quote.ts";
import { flattenLayers, type Model } from "../models/model.ts";
import type { Archive } from "../saving/archive.ts";
import { Budget } from "../saving/budget.ts";
import { foreignVersion } from "../saving/formats/foreign-kind.ts";
import {
  configName,
  mostConfigBytes,
  openWeights,
  readModelIn,
  weightsName,
} from "../saving/formats/keras.ts";
import { readJson } from "../saving/json-member.ts";
import { dialectIn, metadataName, readMetadataOf } from "../saving/metadata.ts";
import { checkAttributes } from "./check-hdf5.ts";
import { checkJson } from "./check-json.ts";
import { checkMembers } from "./check-members.ts";
import { type Facts, type Looked, toLookAt } from "./context.ts";
import { crossedModels } from "./crossed-calls.ts";
import { loadingOfArchive } from "./loads/index.ts";
import { neededVersion } from "./needed-version.ts";
import { noteUnstored } from "./not-stored.ts";
import { describe, type Tried, tryModel } from "./try-model.ts";
import { weightsReport } from "./weights-report.ts";

/** The members that a model is read from. */
const own: readonly string[] = [metadataName, configName, weightsName];

/** Looks at all that is in the archive of a model. */
export async function checkKeras(archive: Archive, looked: Looked): Promise<Facts> {
  const { findings } = looked;
  await checkMembers(archive, own, findings);
  const metadata = await findings.attempt("damaged-config", () => readMetadataOf(archive));
  if (metadata) checkJson(metadata, "metadata", looked);
  const config = await readConfig(archive, looked);
  if (config !== null) checkJson(config, "config", looked);
  const file = await findings.attempt("damaged-weights", () =>
    openWeights(archive, looked.name, toLookAt(looked)),
  );
  if (file) await checkAttributes(file.root, looked);
  if (file) await findings.attempt("damaged-weights", () => noteUnstored(file, findings));
  const older = foreignVersion(metadata);
  if (older) findings.add("other-format", "", `is ${older.what}. ${older.help}`);
  for (const crossed of config === null ? [] : crossedModels(config)) {
    const message = `of layers that model ${quote(crossed)} shares with another one, Keras takes calls there for calls here: before it refuses the file, it loads a model that cannot run.`;
    findings.add("crossed-calls", "config", message);
  }
  const { model, isKnown } = await load(archive, looked);
  return {
    format: "keras",
    isWhole: model !== null && isKnown,
    keras_version: textIn(metadata, "keras_version"),
    date_saved: textIn(metadata, "date_saved"),
    model: model && describe(model),
    weights: file && weightsReport(file),
    needs: config === null || older ? null : neededVersion(config, dialectIn(metadata)),
    loads: config === null ? [] : loadingOfArchive(config, textIn(metadata, "keras_version"), file),
  };
}

/** The config as it is written; null where there is none that can be read. */
function readConfig(archive: Archive, { findings }: Looked): Promise<JsonValue | null> {
  return findings.attempt("damaged-config", async () => {
    const member = archive.members.get(configName);
    if (!member) return null;
    return readJson(member, configName, archive.budget, mostConfigBytes);
  });
}

/** Makes the model, which takes as much as it does where it is loaded, whatever was looked at before. */
async function load(archive: Archive, looked: Looked): Promise<Tried> {
  const { source, limits, name, customObjects } = looked;
  const budget = new Budget(source.size, limits);
  const tried = await tryModel(looked, (onUnknown) =>
    readModelIn({ ...archive, budget }, { name, customObjects, onUnknown }),
  );
  if (tried.model) noteTraining(tried.model, looked);
  return tried;
}

/** Says how many calls have a `training` argument that nobody gave. */
function noteTraining(model: Model, { findings }: Looked): void {
  let calls = 0;
  for (const each of [model, ...flattenLayers(model)]) {
    if (!("nodes" in each)) continue;
    for (const { injected } of each.nodes as readonly Node[]) if (injected?.includes("training")) calls++;
  }
  if (calls === 0) return;
  const version = formatDialect(keras316.since);
  findings.add(
    "recorded-training",
    "config",
    `${calls} ${calls === 1 ? "call has" : "calls have"} a "training" that Keras before ${version} wrote unasked. From ${version} on it is taken literally: dropout stays off, augmentation on. "ceratops clone --weights copy" leaves it out.`,
  );
}

function textIn(metadata: JsonObject | null, key: string): string | null {
  const value = metadata?.[key];
  return typeof value === "string" ? value : null;
}
