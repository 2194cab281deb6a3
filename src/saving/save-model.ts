import { droppedTo } from "../dialects/dropping.ts";
import { Lacks, type OnDropped } from "../dialects/lacks.ts";
import { askedDialect, type Dialect, isOlder, parseDialect } from "../dialects/version.ts";
import { ConfigError } from "../errors.ts";
import { currentWriting, gatherLacks, inDialect, runWriting, withDialect } from "../fields/writing.ts";
import { checkOptions } from "../json/check-options.ts";
import { inspect } from "../json/inspect.ts";
import type { JsonObject } from "../json/json.ts";
import { stringifyPythonJson } from "../json/stringify.ts";
import { checkModel } from "../models/check-model.ts";
import type { Model } from "../models/model.ts";
import { type ProgressOptions, Watch } from "../progress.ts";
import { serializeObject } from "../registry/serialize.ts";
import { checkTold } from "../registry/untold.ts";
import {
  archiveBytes,
  memberBytes,
  type NewMember,
  type Patch,
  writeArchive,
  writeArchiveFile,
} from "./archive-writer.ts";
import { ownAssets } from "./assets.ts";
import { checkedPlan, type TensorWork } from "./checked-plan.ts";
import { type FileOrigin, originOf } from "./file-memory.ts";
import { configName, weightsName } from "./formats/keras.ts";
import { metadataName, newMetadata } from "./metadata.ts";
import { PieceRoom } from "./read-ahead.ts";
import { checkSaveOptions, type SaveModelOptions } from "./save-options.ts";
import type { Naming } from "./weight-tree.ts";
import { layoutIn, type OlderFile, weightGroups } from "./write-weights.ts";

/** Weights up to this size are read once and held while they are written, larger ones are read twice. */
const heldBytes = 2 ** 26;

export type { SaveModelOptions };

/**
 * A model as a `.keras` file, which Python Keras reads: its bytes in order, one tensor at a time. Weights that are
 * still in the file they came from are read from there as they are written.
 *
 * @example
 * const bytes = await toBytes(model);
 */
export function saveModel(model: Model, options: SaveModelOptions = {}): AsyncIterable<Uint8Array> {
  return written(model, options, { timesOf: twice }, (members) => {
    const isHeld = ({ name, size }: NewMember) => name === weightsName && size <= heldBytes;
    return writeArchive(members.map((member) => (isHeld(member) ? heldOnce(member) : member)));
  });
}

/** How often weights are gone through that are written in order: large ones for their sum before. */
const twice = (size: number) => (size <= heldBytes ? 1 : 2);

/**
 * A model as a `.keras` file on disk, where one can go back: nothing is gone through twice. Who takes the chunks has done with
 * one when they ask for the next but one.
 */
export function saveModelFile(
  model: Model,
  options: SaveModelOptions = {},
): AsyncIterable<Uint8Array | Patch> {
  return written(model, options, { pieceRoom: new PieceRoom() }, writeArchiveFile);
}

/** How what is made of a model goes through its weights. */
interface Passage {
  /** How often weights of a size are gone through. Defaults to once. */
  readonly timesOf?: (size: number) => number;
  readonly pieceRoom?: PieceRoom;
}

/** What `write` makes of a model's archive; what knows the version that is asked for is loaded before. */
function written<T>(
  model: Model,
  options: SaveModelOptions,
  passage: Passage,
  write: (members: readonly NewMember[]) => AsyncIterable<T>,
): AsyncIterable<T> {
  if (isOfKeras2(options)) return later(async () => write(await olderMembers(model, options, passage)));
  if (options.keras == null) return write(archiveOf(model, options, passage));
  checkSaving(model, options);
  return later(async () => write(await newerMembers(model, options, passage)));
}

/** A model as the bytes of a `.keras` file. */
export function toBytes(model: Model, options: SaveModelOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  if (isOfKeras2(options)) return olderMembers(model, options).then(archiveBytes);
  if (options.keras == null) return archiveBytes(archiveOf(model, options));
  checkSaving(model, options);
  return newerMembers(model, options).then(archiveBytes);
}

async function* later<T>(make: () => Promise<AsyncIterable<T>>): AsyncGenerator<T> {
  yield* await make();
}

/** Whether a version before Keras 3 is asked for. */
function isOfKeras2(options: SaveModelOptions | null): boolean {
  const keras = options?.keras;
  return typeof keras === "string" && isOlder(parseDialect(keras));
}

async function olderMembers(
  model: Model,
  options: SaveModelOptions,
  passage?: Passage,
): Promise<readonly NewMember[]> {
  const { olderFileFor } = await import("./older-file.ts");
  return archiveOf(model, options, passage, { older: olderFileFor(options.keras) });
}

async function newerMembers(
  model: Model,
  options: SaveModelOptions,
  passage?: Passage,
): Promise<readonly NewMember[]> {
  const { sayNewer } = await import("../dialects/say-newer.ts");
  return archiveOf(model, options, passage, { sayNewer });
}

/** Complains about what cannot be written; gives the date and the version that are asked for. */
function checkSaving(model: Model, options: SaveModelOptions, older?: OlderFile) {
  checkModel("saveModel", model);
  checkSaveOptions(options);
  const date = options.date ?? undefined;
  if (date !== undefined && !(date instanceof Date && Number.isFinite(date.getTime()))) {
    throw new ConfigError("saveModel.date", `expected a date, received ${inspect(date)}.`);
  }
  const { keras } = options;
  const asked = older?.dialect ?? (keras == null ? null : askedDialect("saveModel.keras", keras));
  return { date, asked };
}

/** What is known of the version that is asked for. */
interface Asked {
  /** How one before Keras 3 has a model. */
  readonly older?: OlderFile;
  /** Says what of a text another one lacks. */
  readonly sayNewer?: (text: JsonObject, dialect: Dialect, lacks: Lacks) => void;
}

/** The files of a model's archive. */
function archiveOf(
  model: Model,
  options: SaveModelOptions,
  { timesOf = () => 1, pieceRoom }: Passage = {},
  { older, sayNewer }: Asked = {},
): readonly NewMember[] {
  const { date, asked } = checkSaving(model, options, older);
  const origin = originOf(model);
  const { text, dialect } = writeConfig(model, asked, droppedTo(options), sayNewer);
  const kept = origin && { metadata: origin.metadata, dialect: model.dialect };
  const metadata = stringifyPythonJson(newMetadata({ dialect, date, origin: kept }));
  const work: TensorWork = { watch: new Watch(options), done: 0, total: null };
  const groups = weightGroups(model, older?.layout ?? layoutIn(dialect));
  const weights = checkedPlan(older?.stored(groups) ?? groups, weightsName, work, pieceRoom);
  work.total = weights.size * timesOf(weights.size);
  const members: NewMember[] = [
    textMember(metadataName, metadata),
    textMember(configName, stringifyPythonJson(text)),
  ];
  members.push({
    name: weightsName,
    ...weights,
    ...(date && { date }),
  });
  const assets = assetsOf(model, origin?.assets ?? [], older?.layout.naming);
  return [...members, ...assets];
}

/** The files of layers, in the order of the archive that the model came from, and all that was in it beside. */
function* assetsOf(model: Model, kept: FileOrigin["assets"], naming?: Naming): Generator<NewMember> {
  const own = new Map(ownAssets(model, naming));
  for (const { name, size, read } of kept) {
    const text = own.get(name);
    own.delete(name);
    if (text !== undefined) yield textMember(name, text);
    else
      yield {
        name,
        size,
        chunks: async function* () {
          yield await read();
        },
      };
  }
  for (const [name, text] of own) yield textMember(name, text);
}

/** The config of a model's file, in the dialect that is asked for; with null, in the model's own. */
function writeConfig(
  model: Model,
  asked: Dialect | null,
  onDropped: OnDropped | null,
  sayNewer: Asked["sayNewer"],
): { text: JsonObject; dialect: Dialect } {
  const write = (dialect: Dialect) =>
    runWriting({ ...currentWriting(), file: new Map() }, () => ({
      text: checkTold(serializeObject(model)),
      dialect,
    }));
  // What was read from an older file is written for Keras 3 unless its own version is asked for.
  if (asked === null) return inDialect(isOlder(model.dialect) ? null : model.dialect, write);
  const lacks = new Lacks(onDropped);
  return withDialect(asked, () =>
    gatherLacks(lacks, () => {
      const written = write(asked);
      sayNewer?.(written.text, asked, lacks);
      return written;
    }),
  );
}

/** A model's weights as a `.weights.h5` file: its bytes in order, one tensor at a time. */
export function saveWeights(model: Model, options: ProgressOptions = {}): AsyncIterable<Uint8Array> {
  checkModel("saveWeights", model);
  checkOptions("saveWeights", options, { onProgress: true, signal: true });
  const work = { watch: new Watch(options), done: 0, total: null };
  return checkedPlan(weightGroups(model), "weights.h5", work).chunks();
}

/** A member that an archive goes through twice, its bytes made once. */
function heldOnce(member: NewMember): NewMember {
  let bytes: Promise<Uint8Array> | undefined;
  return {
    ...member,
    async *chunks() {
      bytes ??= memberBytes(member);
      yield await bytes;
    },
  };
}

/** All chunks in one piece. */
export async function gather(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    size += chunk.length;
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function textMember(name: string, text: string): NewMember {
  const bytes = new TextEncoder().encode(text);
  return { name, size: bytes.length, chunks: () => bytes };
}
