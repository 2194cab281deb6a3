import { isDict } from "../dialects/change.ts";
import { exposure } from "../dialects/exposure.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { quote } from "../json/quote.ts";
import type { Judgement } from "./findings.ts";

/** What is to be said of the config of a class of Keras; null where there is nothing. */
type Judge = (config: JsonObject) => Judgement | null;

/** Classes of Keras whose configs make it open a file, unpickle or call something of others. */
const judges: ReadonlyMap<string, Judge> = new Map<string, Judge>([
  ["TFSMLayer", savedModel],
  ["TorchModuleWrapper", pickledModule],
  ["JaxLayer", callsPython],
  ["FlaxLayer", callsPython],
  ["StringLookup", vocabulary],
  ["IntegerLookup", vocabulary],
  ["TextVectorization", vocabulary],
  ["IndexLookup", vocabulary],
  ["TFOpLambda", tensorflowFunction],
  ["SlicingOpLambda", tensorflowFunction],
  ["TensorFlowOpLayer", tensorflowNode],
]);

export function judgeOpened(className: string, config: JsonValue): Judgement | null {
  const judge = judges.get(className.split(".").at(-1) ?? "");
  return judge?.(isDict(config) ? config : {}) ?? null;
}

function savedModel({ filepath }: JsonObject): Judgement {
  const message = `opens the SavedModel at ${shown(filepath)}, a program of TensorFlow that can read and write files.`;
  return { code: "opens-file", message, keras: exposure.savedModel };
}

function pickledModule(): Judgement {
  const message = "holds a module of PyTorch as a pickle, which can run any code when it is loaded.";
  return { code: "pickled-module", message, keras: exposure.pickledModule };
}

function callsPython(): Judgement {
  return {
    code: "calls-python",
    message: "calls functions of Python that are named in its config.",
    keras: exposure.jax,
  };
}

/** A list holds the words themselves; a text is where they are. */
function vocabulary({ vocabulary: words }: JsonObject): Judgement | null {
  if (typeof words !== "string") return null;
  const message = `reads its vocabulary from ${quote(words)}, a file or an address.`;
  return { code: "opens-file", message, keras: exposure.vocabulary };
}

/** A function of TensorFlow by its path, as Keras 2 keeps calls of them. */
function tensorflowFunction({ function: name }: JsonObject): Judgement | null {
  return typeof name === "string" ? outside(name) : null;
}

/** An operation of TensorFlow as the text of its node. */
function tensorflowNode({ node_def: node }: JsonObject): Judgement | null {
  const name = typeof node === "string" ? /\bop:?\s*"?(\w+)/.exec(node)?.[1] : undefined;
  return name === undefined ? null : outside(name);
}

function outside(name: string): Judgement | null {
  if (!OUTSIDE.test(name)) return null;
  const message = `calls ${quote(name)} of TensorFlow, which opens files or runs code.`;
  return { code: "opens-file", message, keras: exposure.tensorflow };
}

/** What of TensorFlow reaches out of a computation: `io.read_file`, `py_function`, `raw_ops.WriteFile`. */
const OUTSIDE =
  /(?:^|\.)(?:read_file|write_file|matching_files|py_func(?:tion)?|numpy_function|load_(?:op_)?library|(?:gfile|saved_model)\..+|ReadFile|WriteFile|MatchingFiles|Restore(?:V2|Slice)?|Save(?:V2|Slices)?|(?:Eager)?PyFunc(?:Stateless)?)$/;

function shown(value: JsonValue | undefined): string {
  return typeof value === "string" ? quote(value) : "a place that it names";
}
