import { CeratopsError, type Issue } from "../../errors.ts";
import type { Node } from "../../graph/graph.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { parsePythonJson } from "../../json/parse.ts";
import { quote } from "../../json/quote.ts";
import { flattenLayers, type Model } from "../../models/model.ts";
import type { Archive } from "../../saving/archive.ts";
import type { ByteSource } from "../../saving/byte-source.ts";
import { foreignVersion } from "../../saving/formats/foreign-kind.ts";
import { configName, openKeras, openWeights, readModelIn } from "../../saving/formats/keras.ts";
import { type Hdf5File, openHdf5 } from "../../saving/hdf5/index.ts";
import { dialectIn, readMetadataOf } from "../../saving/metadata.ts";
import { isDType } from "../../tensor/dtype.ts";
import { withInput } from "../files.ts";
import type { Io } from "../io.ts";
import { datasetsIn, isWeightsFile } from "../weights-file.ts";
import { crossedModels } from "./crossed-calls.ts";
import { sortMembers } from "./members.ts";
import { type NeededVersion, neededVersion } from "./needed-version.ts";
import { pythonCodeIn } from "./python-code.ts";
import { type WeightsReport, weightsReport } from "./weights-report.ts";

/** What `check` found; keys that stay as they are, since programs read them. */
export interface CheckReport {
  readonly file: string;
  /** Whether the model can be loaded and run here. */
  readonly usable: boolean;
  readonly keras_version: string | null;
  readonly date_saved: string | null;
  readonly model: ModelReport | null;
  readonly weights: WeightsReport | null;
  /** The oldest Keras that can load it; null where the config cannot be read. */
  readonly needs: NeededVersion | null;
  /** What is damaged or does not fit. */
  readonly problems: readonly string[];
  /** Classes, functions and keys that nobody here knows. */
  readonly unknown: readonly string[];
  readonly notes: readonly string[];
}

export interface ModelReport {
  readonly name: string;
  readonly class_name: string;
  readonly layers: number;
}

/** Looks at all that a file holds. What is wrong with it is in the report; only a file that cannot be read throws. */
export function checkFile(path: string, io: Io): Promise<CheckReport> {
  return withInput(path, io, (source, name) => new Check(source, name).report());
}

class Check {
  readonly #source: ByteSource;
  readonly #name: string;
  readonly #problems: string[] = [];
  readonly #unknown: string[] = [];
  readonly #notes: string[] = [];
  /** Kept until all is looked at, so that compressed weights are inflated once. */
  #weights: Hdf5File | null = null;

  constructor(source: ByteSource, name: string) {
    this.#source = source;
    this.#name = name;
  }

  async report(): Promise<CheckReport> {
    if (await this.#try(() => isWeightsFile(this.#source, this.#name))) return this.#reportWeights();
    const archive = await this.#try(() => openKeras(this.#source, this.#name));
    const metadata = archive && (await this.#try(() => readMetadataOf(archive)));
    const config = archive && (await this.#config(archive));
    for (const path of config === null ? [] : pythonCodeIn(config)) {
      this.#unknown.push(`${path}: Python code, which is kept and never run.`);
    }
    if (archive) await this.#compareChecksums(archive);
    this.#weights = archive && (await this.#try(() => openWeights(archive, this.#name)));
    const model = archive && (await this.#load(archive));
    for (const crossed of config === null ? [] : crossedModels(config)) {
      this.#notes.push(
        `of layers that model ${quote(crossed)} shares with another one, Keras takes calls there for calls here: before it refuses the file, it loads a model that cannot run.`,
      );
    }
    return {
      file: this.#name,
      usable: model !== null && this.#problems.length === 0 && this.#unknown.length === 0,
      keras_version: textIn(metadata, "keras_version"),
      date_saved: textIn(metadata, "date_saved"),
      model: model && describe(model),
      weights: this.#weights && weightsReport(this.#weights),
      needs: config === null || isOlder(metadata) ? null : neededVersion(config, dialectIn(metadata)),
      problems: this.#problems,
      unknown: this.#unknown,
      notes: this.#notes,
    };
  }

  /** Of a file of weights alone: what it holds, and whether all of it can be read. */
  async #reportWeights(): Promise<CheckReport> {
    const file = await this.#try(() => openHdf5(this.#source, { name: this.#name }));
    for (const array of file ? datasetsIn(file) : []) {
      if (!isDType(array.dtype)) this.#unknown.push(`${array.path}: elements that are no numbers.`);
    }
    return {
      file: this.#name,
      usable: this.#problems.length === 0 && this.#unknown.length === 0,
      keras_version: null,
      date_saved: null,
      model: null,
      weights: file && weightsReport(file),
      needs: null,
      problems: this.#problems,
      unknown: this.#unknown,
      notes: this.#notes,
    };
  }

  /** The config as it is written; null where there is none that can be read. */
  async #config(archive: Archive): Promise<JsonValue> {
    const member = archive.members.get(configName);
    if (!member) return null;
    return this.#try(async () => {
      const text = new TextDecoder().decode(await member.read());
      return parsePythonJson(text, { source: configName });
    });
  }

  /** Goes through the members piece by piece, so that no large one is in memory. */
  async #compareChecksums(archive: Archive): Promise<void> {
    const { checked, notes, code } = sortMembers(archive);
    for (const note of notes) this.#notes.push(note);
    for (const member of code) this.#unknown.push(member);
    for (const member of checked) await this.#try(() => member.check());
  }

  async #load(archive: Archive): Promise<Model | null> {
    const onUnknown = (issue: Issue) => this.#unknown.push(lineOf(issue));
    const model = await this.#try(() => readModelIn(archive, { name: this.#name, onUnknown }));
    const calls = model ? callsInTraining(model) : 0;
    if (calls > 0) {
      this.#notes.push(
        `${calls} ${calls === 1 ? "call has" : "calls have"} a "training" that Keras before 3.16 wrote unasked. From 3.16 on it is taken literally: dropout stays off, augmentation on. "ceratops clone --weights copy" leaves it out.`,
      );
    }
    return model;
  }

  /** What `step` gives; null where it throws, and the problem is noted once. */
  async #try<T>(step: () => Promise<T>): Promise<T | null> {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof CeratopsError)) throw error;
      for (const line of error.issues.map(lineOf)) {
        if (!this.#problems.includes(line)) this.#problems.push(line);
      }
      return null;
    }
  }
}

function describe(model: Model): ModelReport {
  return { name: model.name, class_name: model.constructor.className, layers: model.layers.length };
}

/** How many calls have a `training` argument that nobody gave. */
function callsInTraining(model: Model): number {
  const models = [model, ...flattenLayers(model)];
  const nodes = models.flatMap((each) => ("nodes" in each ? (each.nodes as readonly Node[]) : []));
  return nodes.filter(({ injected }) => injected?.includes("training")).length;
}

/** Whether no Keras 3 wrote the file, so that none reads it. */
function isOlder(metadata: JsonObject | null): boolean {
  return foreignVersion(metadata) !== null;
}

function textIn(metadata: JsonObject | null, key: string): string | null {
  const value = metadata?.[key];
  return typeof value === "string" ? value : null;
}

function lineOf({ path, message }: Issue): string {
  return path ? `${path}: ${message}` : message;
}
