import { type CeratopsError, ModelError } from "../errors.ts";
import { keyLeftOut } from "../fields/writing.ts";
import { copyJson } from "../json/copy.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { quote } from "../json/quote.ts";
import { toWire, type Wired } from "./literals.ts";
import { provenance } from "./memory.ts";

/** Something cannot be computed because this program has no code for it; its shape may be known all the same. */
export class MissingCode extends ModelError {}

/** Layers that stand for what another framework has. */
const foreign: Readonly<Record<string, string>> = {
  TFSMLayer: "runs a SavedModel of TensorFlow",
  TorchModuleWrapper: "holds a module of PyTorch as a pickle",
  JaxLayer: "calls a function of JAX, which is in no config",
  FlaxLayer: "calls a module of Flax, which is Python's code",
};

/** The error for who wants to compute with classes or functions that nobody here knows. */
export function missingCode(path: string, names: readonly string[], what = "class"): CeratopsError {
  const received = names.map((name) => quote(name)).join(" and ");
  const [only = ""] = names.length === 1 ? names : [];
  const reason = Object.hasOwn(foreign, only) ? foreign[only] : "this program has no code for";
  const help = `which ${reason}. Pass ${names.length > 1 ? "them" : "it"} in customObjects.`;
  return new MissingCode(path, `expected a known ${what}, received ${received}, ${help}`);
}

/** An object of a class that nobody here knows, kept whole: it is written back as it was, and cannot run. */
export class OpaqueObject implements Wired {
  readonly envelope: JsonObject;

  constructor(envelope: JsonObject) {
    this.envelope = envelope;
  }

  [toWire](): JsonValue {
    const copy = copyJson(this.envelope, keyLeftOut());
    provenance.setClass(copy, OpaqueObject);
    return copy;
  }

  /** The error for whoever needs it to do something. */
  unusable(path: string): CeratopsError {
    return missingCode(path, [nameIn(this.envelope)], "class or function");
  }
}

/** What an envelope is called, for messages. */
export function nameIn(envelope: JsonObject): string {
  const { class_name, config } = envelope;
  if (class_name === "function" && typeof config === "string") return config;
  return typeof class_name === "string" ? class_name : "object";
}
