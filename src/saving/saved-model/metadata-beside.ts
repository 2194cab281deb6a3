import { FileError } from "../../errors.ts";
import type { JsonObject } from "../../json/json.ts";
import { quote } from "../../json/quote.ts";
import { Budget, type Limits } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";
import { openBeside } from "../siblings.ts";
import { isObject, type KerasNode, parseMetadata, readKerasMetadata } from "./keras-metadata.ts";
import { ownNotes, readSavedObjects, type SavedObjects } from "./saved-objects.ts";

const metadataName = "keras_metadata.pb";
/** Metadata is the text of configs, once for each model inside a model; `saved_model.pb` has functions, too. */
const mostMetadataBytes = 2 ** 28;
const mostModelBytes = 2 ** 30;

export interface Metadata {
  readonly nodes: readonly KerasNode[];
  readonly budget: Budget;
}

/** What Keras noted of a SavedModel's objects, in a file beside `saved_model.pb` or, before TensorFlow 2.5, in it. */
export async function readMetadataBeside(
  source: ByteSource,
  name: string,
  limits: Limits,
): Promise<Metadata> {
  const file = source.siblings && (await source.siblings.open(metadataName).catch(asMissing));
  if (file) {
    const budget = new Budget(file.size, limits);
    return {
      nodes: readKerasMetadata(await whole(file, metadataName, mostMetadataBytes), metadataName, budget),
      budget,
    };
  }
  const budget = new Budget(source.size, limits);
  const nodes = ownNotes(await readMain(source, name, budget), name, budget);
  const [root] = nodes;
  if (!root?.identifier.startsWith("_tf_keras")) {
    throw new FileError(
      name,
      "expected a SavedModel of Keras, received one of TensorFlow's functions, which have no layers: save the Keras model that they were made of.",
    );
  }
  // Says which file there should be, and what to give.
  if (root.metadata === "") await openBeside(source, metadataName, name);
  return { nodes, budget };
}

/** The objects in `saved_model.pb`. */
export async function readMain(source: ByteSource, name: string, budget: Budget): Promise<SavedObjects> {
  return readSavedObjects(await whole(source, name, mostModelBytes), name, budget);
}

/** No file, where that is all that is wrong. */
function asMissing(error: unknown): undefined {
  if (error instanceof FileError) return undefined;
  throw error;
}

async function whole(source: ByteSource, name: string, most: number): Promise<Uint8Array> {
  if (source.size <= most) return source.read(0, source.size);
  throw new FileError(name, `expected at most ${most} bytes, received ${source.size} bytes.`);
}

/** A model as the metadata of its root has it. */
export interface SavedRoot {
  /** Its class and its config. */
  readonly config: JsonObject;
  readonly version: string | undefined;
  readonly training: JsonObject | null;
}

/** The model in metadata. */
export function rootOf({ nodes, budget }: Metadata, name: string): SavedRoot {
  const root = nodes.find(({ path }) => path === "root");
  const at = `${name} root`;
  if (!root?.identifier.startsWith("_tf_keras"))
    throw new FileError(name, "expected a model of Keras, received another object of Python.");
  const metadata = parseMetadata(root.metadata, at, budget);
  const { class_name, config, keras_version: version } = metadata;
  if (typeof class_name !== "string" || !isObject(config)) {
    const of = typeof class_name === "string" ? ` of ${quote(class_name)}` : "";
    throw new FileError(
      at,
      `expected the config of a model, received none${of}: only its functions were saved.`,
    );
  }
  return {
    config: { class_name, config },
    version: typeof version === "string" ? version : undefined,
    training: isObject(metadata.training_config) ? metadata.training_config : null,
  };
}
