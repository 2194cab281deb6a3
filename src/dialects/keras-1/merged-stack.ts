import { comparable } from "../../json/comparable.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks, mark } from "../../json/marks.ts";
import { isDict } from "../change.ts";
import { inputOf } from "./stack.ts";

/** A tensor as graphs of Keras 1 and 2 name it: its layer, the call and which output of it. */
type End = [name: string, node: number, tensor: number];

/** Whether an envelope is that of a Sequential that begins by merging the outputs of other models. */
export function isMergedStack({ class_name: name, config }: JsonObject): boolean {
  if (name !== "Sequential" || !Array.isArray(config)) return false;
  return branchesIn(config) !== null;
}

function branchesIn([first]: readonly JsonValue[]): readonly JsonValue[] | null {
  const own = isDict(first) && first.class_name === "Merge" && isDict(first.config) ? first.config : {};
  return Array.isArray(own.layers) && own.layers.length > 0 ? own.layers : null;
}

/** A Sequential that merges models as the functional model that it is, the models' layers among its own. */
export function readMergedStack(envelope: JsonObject): JsonObject {
  const graph = new Graph();
  const { config: layers, name } = envelope;
  const output = graph.addStack(layers as readonly JsonValue[]);
  const config: JsonObject = {
    name: name ?? null,
    layers: [...graph.entries.values()],
    input_layers: graph.inputs,
    output_layers: [output],
  };
  mark(config);
  const result: JsonObject = { ...envelope, class_name: "Model", config };
  copyMarks(envelope, result);
  return result;
}

/** A functional model in the making. A layer that several models share is added once. */
class Graph {
  readonly entries = new Map<string, JsonObject>();
  readonly #inputs = new Map<string, JsonValue>();
  readonly #calls = new Map<string, number>();

  get inputs(): JsonValue[] {
    return [...this.#inputs.values()];
  }

  /** Adds the layers of a Sequential one after the other; gives its output. */
  addStack(layers: readonly JsonValue[]): End {
    const branches = branchesIn(layers);
    let ends: readonly End[] = (branches ?? []).map((branch) => this.#addBranch(branch));
    for (const [i, layer] of layers.entries()) {
      if (!isDict(layer)) continue;
      if (i === 0 && !branches) ends = this.#addInput(layer, ends);
      ends = [this.#add(withoutBranches(layer), ends)];
    }
    return ends[0] ?? ["", 0, 0];
  }

  /** A Sequential, a functional model or a layer that says what its input is. */
  #addBranch(branch: JsonValue): End {
    if (!isDict(branch)) return ["", 0, 0];
    const { class_name: name, config } = branch;
    if (name === "Sequential" && Array.isArray(config)) return this.addStack(config);
    if (!isDict(config) || !Array.isArray(config.layers)) return this.addStack([branch]);
    for (const entry of config.layers) if (isDict(entry)) this.#keep(entry);
    for (const input of listOf(config.input_layers)) this.#addEnd(input);
    return (listOf(config.output_layers)[0] ?? ["", 0, 0]) as End;
  }

  #addInput(layer: JsonObject, ends: readonly End[]): readonly End[] {
    const input = inputOf(layer);
    if (!input) return ends;
    const end = this.#add(input, []);
    this.#addEnd(end);
    return [end];
  }

  #addEnd(end: JsonValue): void {
    this.#inputs.set(comparable(end), end);
  }

  /** Adds a layer that is called on these tensors; or the call, where it is there; gives what comes out. */
  #add({ class_name: className = null, config = null }: JsonObject, ends: readonly End[]): End {
    const name = isDict(config) && typeof config.name === "string" ? config.name : String(className);
    const call = ends as unknown as JsonValue;
    const entry = this.#keep({ class_name: className, name, config, inbound_nodes: [] });
    const nodes = listOf(entry.inbound_nodes);
    const key = comparable([name, call]);
    const known = ends.length === 0 ? 0 : this.#calls.get(key);
    if (known !== undefined) return [name, known, 0];
    this.#calls.set(key, nodes.push(call) - 1);
    return [name, nodes.length - 1, 0];
  }

  #keep(entry: JsonObject): JsonObject {
    const known = this.entries.get(String(entry.name));
    if (known) return known;
    mark(entry);
    this.entries.set(String(entry.name), entry);
    return entry;
  }
}

/** A Merge as a graph has it: what it merges is there on its own. */
function withoutBranches(layer: JsonObject): JsonObject {
  if (layer.class_name !== "Merge" || !isDict(layer.config)) return layer;
  const { layers: _, ...config } = layer.config;
  copyMarks(layer.config, config);
  return { ...layer, config };
}

function listOf(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : [];
}
