import { isDict } from "../graph/nested.ts";
import type { Archive } from "../saving/archive.ts";
import { isModelConfig, makeConfigModel } from "../saving/config-text/config-model.ts";
import { readTextModel } from "../saving/config-text/read-model.ts";
import { json, kindOf, savedModel } from "../saving/file-kind.ts";
import { brokenJson, foreignArchive, jsonKind, recognize } from "../saving/formats/foreign.ts";
import type { Foreign } from "../saving/formats/foreign-kind.ts";
import { readSavedModel, readSavedModelConfig } from "../saving/saved-model/index.ts";
import { checkArray, checkArrays, longestHeader } from "./check-arrays.ts";
import { checkJsonText } from "./check-json.ts";
import { checkMembers } from "./check-members.ts";
import { checkYaml } from "./check-yaml.ts";
import { codeByStart } from "./code-bytes.ts";
import type { Facts, Looked } from "./context.ts";
import { loadingOfJson, loadingOfSavedModel, loadingOfYaml } from "./loads/index.ts";
import type { ModelReport } from "./report.ts";
import { describe, tryModel } from "./try-model.ts";
import { tryOlder } from "./try-older.ts";

const mostText = 2 ** 28;

/** Looks at a file that is neither a `.keras` file nor HDF5: says what it is, and looks into it where that is text. */
export async function checkOther(looked: Looked): Promise<Facts> {
  const { source, budget, findings } = looked;
  const start = await source.read(0, Math.min(source.size, longestHeader));
  const code = codeByStart(start);
  if (code) findings.add("code-in-file", "", `is ${code}.`);
  const kind = await kindOf(source);
  if (kind === json) return checkText(looked);
  const foreign = (await findings.attempt("unreadable", () => recognize(source, budget))) ?? nothing;
  if (foreign.format === "npy") checkArray(start, "", findings);
  else if (foreign.format === "yaml") {
    const text = await textOf(looked);
    const model = text === null ? null : await checkYaml(text, looked);
    return { ...factsOf(foreign, looked, model), loads: model ? loadingOfYaml() : [] };
  } else if (kind === savedModel) return checkSavedModel(foreign, looked);
  else if (foreign.format !== "other")
    findings.add("not-looked-into", "", `is ${foreign.what}, which is not looked into.`);
  return factsOf(foreign, looked);
}

/** Says what a file is that is no file of Keras 3. */
function factsOf(
  { format, what, help }: Foreign,
  { findings }: Looked,
  model: ModelReport | null = null,
): Facts {
  findings.add(format === "other" ? "unreadable" : "other-format", "", `is ${what}. ${help}`);
  return { format, isWhole: false, model };
}

const nothing: Foreign = {
  format: "other",
  what: "a file of no format that is known here",
  help: "It may be damaged.",
};

/** The whole text; null of what is too long for one. */
async function textOf({ source, findings }: Looked): Promise<string | null> {
  if (source.size <= mostText) return new TextDecoder().decode(await source.read(0, source.size));
  findings.add(
    "not-looked-into",
    "",
    `has ${source.size} bytes of text, which are too many to be looked through.`,
  );
  return null;
}

/** Looks at a text of JSON, and makes the model of it: of a config, or of a model of TensorFlow.js with its files. */
async function checkText(looked: Looked): Promise<Facts> {
  const { source, customObjects, findings } = looked;
  const text = await textOf(looked);
  const config = text === null ? null : await checkJsonText(text, "config", looked);
  const isBroken = findings.list().some(({ code }) => code === "damaged-config");
  const kind = isBroken ? brokenJson : jsonKind(config);
  const loads = isBroken ? [] : loadingOfJson(config);
  const isLayers = isDict(config) && "weightsManifest" in config && config.format !== "graph-model";
  if (isLayers && source.siblings)
    return { ...factsOf(kind, looked), ...(await tryOlder(looked, readTextModel)), loads };
  if (config === null || !isModelConfig(config)) return { ...factsOf(kind, looked), loads };
  const { model } = await tryModel(looked, (onUnknown) =>
    makeConfigModel(config, { customObjects, onUnknown }),
  );
  return { ...factsOf(kind, looked, model && describe(model)), loads };
}

/** Looks at what Keras noted of the model in a SavedModel, and makes it; functions of TensorFlow are none of it. */
async function checkSavedModel(foreign: Foreign, looked: Looked): Promise<Facts> {
  const { source, name, limits, findings } = looked;
  findings.add("not-looked-into", "", "has functions of TensorFlow, which are not looked into.");
  const loads = loadingOfSavedModel();
  if (!source.siblings) return { ...factsOf(foreign, looked), loads };
  const text = await findings.attempt("not-looked-into", () =>
    readSavedModelConfig(source, name, { limits }),
  );
  if (text !== null) await checkJsonText(text, "config", looked);
  const tried = text === null ? {} : await tryOlder(looked, readSavedModel);
  return { ...factsOf(foreign, looked), ...tried, loads };
}

/** Looks at a zip archive that holds no config at its top. */
export async function checkArchive(archive: Archive, looked: Looked): Promise<Facts> {
  const { findings } = looked;
  const foreign = foreignArchive(archive);
  const what = foreign ? `is ${foreign.what}. ${foreign.help}` : "is a zip archive without config.json.";
  if (foreign?.format === "npz") {
    findings.add("other-format", "", what);
    await checkArrays(archive, findings);
    for (const member of archive.members.values())
      await findings.attempt("damaged-bytes", () => member.check());
    return { format: "npz", isWhole: false };
  }
  await checkMembers(archive, [], findings);
  findings.add("unreadable", "", what);
  return { format: foreign?.format ?? "zip", isWhole: false };
}
