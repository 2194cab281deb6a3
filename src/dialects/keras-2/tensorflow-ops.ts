import { FreeNames } from "../../free-names.ts";
import { comparable } from "../../json/comparable.ts";
import type { JsonArray, JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks } from "../../json/marks.ts";
import { isDict } from "../change.ts";
import { Call, type Step, type Surroundings } from "./tensorflow/call.ts";
import { dtypeOfLayer } from "./tensorflow/dtypes.ts";
import { isOldHistory, type OldCall, readOldCall } from "./tensorflow/node.ts";
import { dictOf, historyOf, listOf, type Part } from "./tensorflow/part.ts";
import { rowOf } from "./tensorflow/rows.ts";

/** What a layer of Keras 2 that calls a function of TensorFlow is in Keras 3, or why it is nothing. */
export type ReadOp =
  /** Its operations, the last by its name; none where nothing needs them any more. */
  { readonly entries: readonly JsonObject[] } | { readonly problem: string };

/** Whether an entry of a graph of Keras 2 stands for a call of a function of TensorFlow. */
export function isTensorflowOp({ class_name: name }: JsonObject): boolean {
  return name === "TFOpLambda" || name === "SlicingOpLambda" || name === "TensorFlowOpLayer";
}

/**
 * The functions of TensorFlow that a graph of Keras 2 calls, as operations of Keras 3. It is made of the config of the
 * graph as Keras 2 wrote it, and then asked for each of its entries.
 */
export class TensorflowOps implements Surroundings {
  readonly #dtypes = new Map<string, string | null>();
  /** The tensors whose shapes layers give. */
  readonly #shapes = new Map<string, Part>();
  /** The same of layers that give one size of it. */
  readonly #sizes = new Map<string, { readonly of: Part; readonly axis: number }>();
  readonly #names = new FreeNames();
  readonly #read = new Map<JsonObject, ReadOp | null>();

  constructor(config: JsonObject) {
    const entries = Array.isArray(config.layers) ? config.layers.filter(isDict) : [];
    for (const { name } of entries) if (typeof name === "string") this.#names.add(name);
    for (const entry of entries) this.#take(entry);
    this.#leaveOutSizes(entries, config);
  }

  /** What an entry of the graph is in Keras 3; null where it calls no function of TensorFlow that is known here. */
  read(entry: JsonObject): ReadOp | null {
    return this.#read.get(entry) ?? null;
  }

  dtypeOf([name]: JsonArray): string | null {
    return this.#dtypes.get(String(name)) ?? null;
  }

  shapeOf([name]: JsonArray): Part | null {
    return this.#shapes.get(String(name)) ?? null;
  }

  sizeOf([name]: JsonArray): { readonly of: Part; readonly axis: number } | null {
    return this.#sizes.get(String(name)) ?? null;
  }

  #take(entry: JsonObject): void {
    const name = String(entry.name);
    const nodes = Array.isArray(entry.inbound_nodes) ? entry.inbound_nodes : [];
    if (!isTensorflowOp(entry)) {
      let first: JsonValue | undefined = nodes;
      while (Array.isArray(first)) [first] = first;
      this.#dtypes.set(name, dtypeOfLayer(entry, this.#dtypes.get(String(first)) ?? null));
      return;
    }
    const calls = nodes.map((node) => readOldCall(node, (layer) => this.#names.has(layer)));
    this.#noteSize(entry, calls);
    this.#read.set(entry, this.#convert(entry, name, calls));
  }

  #convert(entry: JsonObject, name: string, given: readonly OldCall[]): ReadOp | null {
    const called = functionOf(entry);
    const row = rowOf(called);
    if (!row) return null;
    const calls: Call[] = [];
    for (const { x, kwargs } of given) {
      const call = new Call(x, kwargs, this);
      const problem = row(call);
      if (problem !== undefined) return { problem: `tf.${called} ${problem}` };
      calls.push(call);
    }
    this.#dtypes.set(name, calls[0]?.dtype ?? null);
    const [first] = calls;
    if (!first) return { problem: `tf.${called} is not called` };
    if (!calls.every((call) => isSameOperation(call.steps, first.steps)))
      return { problem: `tf.${called} is called with options that differ` };
    const names = first.steps.map((step, i) => this.#nameOf(step, name, i === first.steps.length - 1));
    const entries = first.steps.map((step, i) =>
      entryOf(
        step,
        names[i]!,
        calls.map(({ steps }, index) => nodeOf(steps[i]!, names, index)),
      ),
    );
    return { entries };
  }

  /** The last step has the name of the layer, by which others take its outputs. */
  #nameOf({ path }: Step, name: string, isLast: boolean): string {
    if (isLast) return name;
    return this.#names.take(`${name}.${path.slice(path.indexOf(".") + 1).toLowerCase()}`);
  }

  /** Remembers what gives the shape of a tensor, or one size of it. */
  #noteSize(entry: JsonObject, calls: readonly OldCall[]): void {
    const called = functionOf(entry);
    const [call] = calls;
    if (!call || calls.length > 1) return;
    if (called === "shape" || called === "compat.v1.shape") this.#shapes.set(String(entry.name), call.x);
    const history = historyOf(call.x.value);
    const of = history && this.shapeOf(history);
    const [axis = null] = [call.kwargs.slice_spec].flat();
    if (of && called === "__operators__.getitem" && Number.isInteger(axis))
      this.#sizes.set(String(entry.name), { of, axis: Number(axis) });
  }

  /** Layers that only gave sizes which nobody asks for any more are nothing. */
  #leaveOutSizes(entries: readonly JsonObject[], { output_layers: outputs }: JsonObject): void {
    if (this.#shapes.size === 0) return;
    const uses = new Map<string, number>();
    const count = (names: Iterable<string>, by: number) => {
      for (const name of names) uses.set(name, (uses.get(name) ?? 0) + by);
    };
    count(namesIn(outputs ?? null), 1);
    for (const entry of entries) count(this.#namesIn(entry), 1);
    for (const entry of [...entries].reverse()) {
      const name = String(entry.name);
      if ((uses.get(name) ?? 0) > 0 || !(this.#shapes.has(name) || this.#sizes.has(name))) continue;
      count(this.#namesIn(entry), -1);
      this.#read.set(entry, { entries: [] });
    }
  }

  /** The names of the layers that an entry takes tensors of. */
  #namesIn(entry: JsonObject): Set<string> {
    const read = this.#read.get(entry);
    const own =
      read && "entries" in read ? read.entries.map((each) => each.inbound_nodes!) : entry.inbound_nodes;
    return namesIn(own ?? null);
  }
}

/** The function that a layer calls, without `tf.`. */
function functionOf({ class_name: name, config }: JsonObject): string {
  const { function: called } = isDict(config) ? config : {};
  if (typeof called === "string") return called;
  return name === "SlicingOpLambda" ? "__operators__.getitem" : "";
}

function isSameOperation(a: readonly Step[], b: readonly Step[]): boolean {
  const isSame = (step: Step, i: number) =>
    step.path === b[i]?.path && comparable(dictOf(step.config)) === comparable(dictOf(b[i].config));
  return a === b || (a.length === b.length && a.every(isSame));
}

function entryOf({ path, config }: Step, name: string, nodes: JsonArray): JsonObject {
  const dot = path.lastIndexOf(".");
  const className = path.slice(dot + 1);
  const own = dictOf(config);
  const isLayer = path.startsWith("layer.");
  const named: JsonObject = isLayer ? { name, trainable: true, dtype: "float32", ...own } : { name, ...own };
  copyMarks(own, named);
  return {
    module: isLayer ? "keras.layers" : `keras.src.ops.${path.slice(0, dot)}`,
    class_name: className,
    config: named,
    registered_name: isLayer ? null : className,
    name,
    inbound_nodes: nodes,
  };
}

/** The call of a step, with the names of the steps that it takes. */
function nodeOf({ args, kwargs }: Step, names: readonly string[], index: number): JsonObject {
  const named = (value: JsonValue): JsonValue => {
    const history = historyOf(value);
    if (history) {
      const [name, , tensor] = history;
      const step = typeof name === "number" ? names[name] : undefined;
      const own = step === undefined ? history : [step, index, tensor!];
      return { class_name: "__keras_tensor__", config: { keras_history: own } };
    }
    return Array.isArray(value) && value.some(historyOf) ? value.map(named) : value;
  };
  const call = (each: Part): Part => ({ ...each, value: named(each.value) });
  const given = Object.fromEntries(Object.entries(kwargs).map(([key, value]) => [key, call(value)]));
  return { args: listOf(args.map(call)), kwargs: dictOf(given) };
}

/** The names of layers in calls, those of Keras 2 and of Keras 3. */
function namesIn(value: JsonValue, found = new Set<string>()): Set<string> {
  if (typeof value !== "object" || value === null) return found;
  const history = historyOf(value) ?? (isOldHistory(value) ? value : null);
  if (history) found.add(String(history[0]));
  for (const each of Object.values(value)) namesIn(each, found);
  return found;
}
