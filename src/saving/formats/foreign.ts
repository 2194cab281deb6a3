import { FileError } from "../../errors.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { parseWithin } from "../../json/parse.ts";
import type { Archive } from "../archive.ts";
import { Budget, OverLimit } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";
import { gzip, hdf5, json, kindOf, levelDb, npy, savedModel, yaml, zip } from "../file-kind.ts";
import { groupsOfIndex } from "../sharded/names.ts";
import { foreignHdf5 } from "./foreign-hdf5.ts";
import { errorOf, type Foreign, plain } from "./foreign-kind.ts";
import { foreignText } from "./foreign-text.ts";

const mostText = 2 ** 28;
const fewBytes = 512;

/** What a file is whose content is not that of a zip archive; null where it cannot be told, or is one. */
export async function recognize(
  source: ByteSource,
  budget: Budget = new Budget(source.size),
): Promise<Foreign | null> {
  const kind = await kindOf(source);
  if (kind === zip) return null;
  if (source.size === 0)
    return { format: "other", what: "an empty file", help: "The download or the copy failed: get it again." };
  if (kind === hdf5) return foreignHdf5(source, budget);
  if (kind === gzip) return { format: "gzip", what: kind.name, help: "Unpack it first." };
  if (kind === npy) return { format: "npy", what: kind.name, help: "It holds an array and no model." };
  if (kind === json) return foreignJson(source, budget);
  if (kind === yaml)
    return {
      format: "yaml",
      what: "the config of a model as YAML text, without weights",
      help: "loadModel and modelFromYaml(text) make the model of it, with new weights.",
    };
  if (kind === savedModel)
    return {
      format: "saved-model",
      what: kind.name,
      help: "loadModel opens its folder, or all files of it.",
    };
  const start = await source.read(0, Math.min(source.size, fewBytes));
  if (kind === levelDb) return levelDbKind(start);
  return foreignText(new TextDecoder().decode(start)) ?? foreignBinary(start);
}

/** The first key of a checkpoint is empty, and its value says in how many files tensors are. */
function levelDbKind([shared, more, , field]: Uint8Array): Foreign {
  if (shared !== 0 || more !== 0 || field !== 8)
    return { format: "other", what: levelDb.name, help: "It holds no model." };
  return {
    format: "checkpoint",
    what: "the index of a checkpoint of TensorFlow",
    help: "Make the model, and call loadWeights with it and this file, which has others beside it.",
  };
}

/** The error for a file that is not what was expected, where it is known what it is instead. */
export async function foreignError(
  source: ByteSource,
  name: string,
  expected = "a .keras file",
  budget?: Budget,
): Promise<FileError | null> {
  const foreign = await recognize(source, budget);
  return foreign && errorOf(foreign, name, expected);
}

/** What a zip archive is that has no config at its top. */
export function foreignArchive({ members }: Archive): Foreign | null {
  const names = [...members.keys()];
  if (names.length === 0)
    return { format: "zip", what: "an empty zip archive", help: "Save the model again." };
  if (names.some((name) => /(?:^|\/)data\.pkl$/.test(name)))
    return { format: "pytorch", what: "a file of PyTorch", help: "Ceratops reads models of Keras only." };
  if (names.every((name) => name.endsWith(".npy")))
    return { format: "npz", what: "a .npz file", help: "It holds arrays and no model." };
  const inner = names.find((name) => /\/config\.json$/.test(name));
  if (!inner) return null;
  return {
    format: "zip",
    what: "a zip archive with the model's files in a folder",
    help: "Pack config.json, metadata.json and model.weights.h5 without the folder.",
  };
}

/** What JSON is that holds no model, and what cannot be parsed. */
const jsonText: Foreign = { format: "other", what: json.name, help: "It holds no model." };
export const brokenJson: Foreign = {
  format: "other",
  what: "broken JSON text",
  help: "The file may be cut.",
};

async function foreignJson(source: ByteSource, budget: Budget): Promise<Foreign> {
  if (source.size > mostText) return jsonText;
  try {
    const decoded = new TextDecoder().decode(await source.read(0, source.size));
    return jsonKind(parseWithin(decoded, "text", budget.jsonValues));
  } catch (error) {
    if (error instanceof FileError && !(error instanceof OverLimit)) return brokenJson;
    throw error;
  }
}

/** What JSON text holds, by its value. */
export function jsonKind(value: JsonValue): Foreign {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return jsonText;
  const file = value as JsonObject;
  if ("weightsManifest" in file || "modelTopology" in file) {
    return file.format === "graph-model"
      ? {
          format: "tfjs",
          what: "a graph model of TensorFlow.js",
          help: "It has no layers: save the Keras model it was made of.",
        }
      : {
          format: "tfjs",
          what: "a layers model of TensorFlow.js",
          help: "loadModel opens it with the files of its weights beside it: of a path, an address, or a list of files.",
        };
  }
  if (groupsOfIndex(file))
    return {
      format: "json",
      what: "the index of a model's weights in several files (.weights.json)",
      help: "Make the model, and call loadWeights with it and this file.",
    };
  if (typeof file.class_name !== "string" || !("config" in file)) return jsonText;
  const version = typeof file.keras_version === "string" ? file.keras_version : null;
  const isOlder = version !== null || !("module" in file);
  const of = isOlder ? ` of Keras ${version === null ? "2 or older" : plain(version)}` : "";
  return {
    format: "json",
    what: `the config of a model${of} as text, without weights`,
    help: "loadModel and modelFromJson(text) make the model of it, with new weights.",
  };
}

function foreignBinary(start: Uint8Array): Foreign | null {
  // at most 15: the bytes of a signature
  const ascii = (from: number, to: number) => String.fromCharCode(...start.subarray(from, to));
  if (ascii(4, 8) === "TFL3")
    return {
      format: "tflite",
      what: "a model of TensorFlow Lite",
      help: "Save the Keras model it was made of.",
    };
  // The first object of a SavedModel is its root.
  if (start[0] === 0x0a && ascii(1, 16).includes('\u001a\u0004root"')) {
    return {
      format: "saved-model",
      what: "the keras_metadata.pb of a SavedModel",
      help: "loadModel opens its folder, or the saved_model.pb beside it.",
    };
  }
  // Field 1 of a protobuf: the version of ONNX's format.
  if (start[0] !== 0x08 || start[1] === undefined) return null;
  if (start[1] > 20 || start[2] === undefined || ![0x12, 0x1a, 0x22, 0x2a, 0x32, 0x3a].includes(start[2]))
    return null;
  return {
    format: "onnx",
    what: "an ONNX file",
    help: "ONNX Runtime runs it as it is; to work on its layers, save the Keras model it was made of.",
  };
}
