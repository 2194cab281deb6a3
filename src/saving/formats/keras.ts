import { isOlder } from "../../dialects/version.ts";
import { ConfigError, FileError, type Issue } from "../../errors.ts";
import { inspect } from "../../json/inspect.ts";
import type { JsonObject } from "../../json/json.ts";
import { quote } from "../../json/quote.ts";
import type { Model } from "../../models/model.ts";
import { asModel } from "../../models/opaque-model.ts";
import { Watch } from "../../progress.ts";
import { deserializeOwned } from "../../registry/deserialize.ts";
import { type Archive, openArchive } from "../archive.ts";
import { assetsFolder, readAssets } from "../assets.ts";
import { Budget, type LimitOptions } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";
import type { CheckedSource } from "../checked-source.ts";
import { registryFor } from "../families/families.ts";
import { zip } from "../file-kind.ts";
import { rememberOrigin } from "../file-memory.ts";
import { FileSum } from "../file-sum.ts";
import { checkChunks, type Hdf5File, openHdf5 } from "../hdf5/index.ts";
import { interruptible } from "../interruptible.ts";
import { readJson, readJsonText } from "../json-member.ts";
import { type LoadWeightsOptions, type ReadModelOptions, refuseByName } from "../load-options.ts";
import { dialectIn, readMetadataOf } from "../metadata.ts";
import { type ConnectOptions, connectWeights } from "../read-weights.ts";
import { errorOf } from "./foreign-kind.ts";
import type { Format } from "./format.ts";

/** A whole model of Keras 3: a zip archive of its config and its weights. */
export const keras: Format = { extensions: [".keras"], kind: zip };

export const configName = "config.json";
export const weightsName = "model.weights.h5";
const npzName = "model.weights.npz";
export const mostConfigBytes = 2 ** 28;

/** Makes the model of a `.keras` file from its config and connects the weights. */
export async function readKerasModel(source: ByteSource, options: ReadModelOptions): Promise<Model> {
  return interruptible(source, options.signal, async (open) =>
    readModelIn(await openKeras(open, options.name ?? "archive", options), options),
  );
}

/** Makes the model of an open archive. */
export async function readModelIn(archive: Archive, options: ReadModelOptions): Promise<Model> {
  const { compile = true, name = "archive", verify = false, onUnknown, onNotice = onUnknown } = options;
  const watch = new Watch(options);
  if (verify) await checkMembers(archive);
  const size = archive.members.get(configName)?.size ?? 0;
  await watch.at("config", 0, size);
  const metadata = await readMetadataOf(archive);
  const dialect = dialectIn(metadata);
  const older = isOlder(dialect) ? await import("../older-file.ts") : null;
  older?.knowOlderFiles();
  const config = await readConfig(archive, name);
  older?.tellNames(config, onNotice);
  if (!compile && config.compile_config !== undefined) config.compile_config = null;
  const found = deserializeOwned(config, {
    registry: options.registry ?? (await registryFor(config, options.customObjects)),
    customObjects: options.customObjects,
    onUnknown,
    dialect: dialect ?? undefined,
    path: "config",
  });
  const model = asModel(found, "config");
  await watch.at("config", size, size);
  older?.awaitSummaries(model);
  await connectFile(
    model,
    archive,
    { name, verify, remember: true, onUnknown: onNotice, naming: older?.namesRead },
    watch,
  );
  await older?.keepOlderState(model, name, onNotice);
  await readAssets(model, archive, name, onUnknown);
  const assets = [...archive.members.values()].filter((member) => member.name.startsWith(assetsFolder));
  rememberOrigin(model, { metadata: metadata ?? {}, assets });
  return model;
}

/** Compares the sums of all members but the weights, which are compared where they are opened. */
async function checkMembers({ members }: Archive): Promise<void> {
  for (const member of members.values()) if (member.name !== weightsName) await member.check();
}

export interface OpenKerasOptions extends LimitOptions {
  /** What is wanted, for messages. */
  readonly expected?: string | undefined;
  /** What the file may ask for; that of its limits unless given. */
  readonly budget?: Budget | undefined;
}

/** Opens a `.keras` file; of any other it says what it is, as far as its content tells: what knows that is loaded then. */
export async function openKeras(
  source: ByteSource,
  name: string,
  {
    expected = "a .keras file",
    limits,
    budget = new Budget(source.size, limits ?? {}),
  }: OpenKerasOptions = {},
): Promise<Archive> {
  let archive: Archive;
  try {
    archive = await openArchive(source, name, budget);
  } catch (error) {
    const { foreignError } = await import("./foreign.ts");
    throw (await foreignError(source, name, expected, budget)) ?? error;
  }
  if (archive.members.has(configName)) return archive;
  const { foreignArchive } = await import("./foreign.ts");
  const foreign = foreignArchive(archive);
  if (foreign) throw errorOf(foreign, name, expected);
  return archive;
}

/** What a `.keras` file says of itself. */
export async function readKerasMetadata(
  source: ByteSource,
  name = "archive",
  options: LimitOptions = {},
): Promise<JsonObject> {
  return (await readMetadataOf(await openKeras(source, name, options))) ?? {};
}

/** The text of the config in a `.keras` file, as it is. */
export async function readKerasConfig(
  source: ByteSource,
  name = "archive",
  options: LimitOptions = {},
): Promise<string> {
  const { members, budget } = await openKeras(source, name, options);
  const member = members.get(configName);
  if (!member)
    throw new FileError(name, `expected a .keras file, received a zip archive without ${configName}.`);
  return readJsonText(member, configName, budget, mostConfigBytes);
}

/** Gives a model the weights of a `.keras` file. */
export async function readKerasWeights(
  model: Model,
  source: ByteSource,
  options: LoadWeightsOptions,
): Promise<readonly Issue[]> {
  const { name = "archive", skipMismatch = false, verify = false, onUnknown } = options;
  refuseByName({ ...options, name });
  return interruptible(source, options.signal, async (open) =>
    connectFile(
      model,
      await openKeras(open, name, { limits: options.limits, expected: "a .keras or .weights.h5 file" }),
      { name, skipMismatch, verify, onUnknown },
      new Watch(options),
    ),
  );
}

/** Connects a model's weights to those in an archive. */
async function connectFile(
  model: Model,
  archive: Archive,
  { name, verify, ...options }: ConnectOptions & { readonly verify: boolean },
  watch: Watch,
): Promise<readonly Issue[]> {
  const source = await weightsSource(archive, name);
  const onObject = (done: number, known: number) => watch.at("contents", done, known);
  await watch.at("contents", 0, 1);
  if (verify) await source.check();
  const file = await openHdf5(source, { name: weightsName, onObject, budget: archive.budget });
  if (verify) await checkChunks(file);
  return connectWeights(model, file, { ...options, name: weightsName, sum: new FileSum(source) });
}

/** The weights' file in an archive, its table of contents read. */
export async function openWeights(
  archive: Archive,
  name: string,
  budget: Budget = archive.budget,
): Promise<Hdf5File> {
  return openHdf5(await weightsSource(archive, name), { name: weightsName, budget });
}

async function weightsSource(archive: Archive, name: string): Promise<CheckedSource> {
  const member = archive.members.get(weightsName);
  if (member) return member.source();
  if (archive.members.has(npzName)) {
    throw new FileError(
      name,
      `expected weights in ${weightsName}, received ${npzName}, which is not supported. Save the model again with Keras's default format.`,
    );
  }
  throw missing(archive, name, weightsName);
}

async function readConfig(archive: Archive, name: string): Promise<JsonObject> {
  const member = archive.members.get(configName);
  if (!member) throw missing(archive, name, configName);
  const config = await readJson(member, configName, archive.budget, mostConfigBytes);
  if (typeof config === "object" && config !== null && !Array.isArray(config)) return config;
  throw new ConfigError("config", `expected a model, received ${inspect(config)}.`);
}

function missing(archive: Archive, name: string, wanted: string): FileError {
  const members = inspect([...archive.members.keys()]);
  return new FileError(name, `expected a member ${quote(wanted)}, received ${members}.`);
}
