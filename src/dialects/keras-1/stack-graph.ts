import { FreeNames } from "../../free-names.ts";
import { comparable } from "../../json/comparable.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks, mark } from "../../json/marks.ts";
import { isDict } from "../change.ts";
import { branchesIn, inputsOf, nameOf } from "./stack.ts";

/** A tensor as graphs of Keras 1 and 2 name it: its layer, the call and which output of it. */
export type End = [name: string, node: number, tensor: number];

/**
 * A functional model in the making. A layer that several models share is added once: layers of one name are one. A
 * Sequential inside has no name, and is another one each time, but where all of its layers are shared.
 */
export class StackGraph {
  /** The layers by their names, in the order in which Keras 1 writes their weights. */
  readonly entries = new Map<string, JsonObject>();
  readonly #inputs = new Map<string, JsonValue>();
  readonly #calls = new Map<string, number>();
  /** What names are taken, somewhere in the model. */
  readonly #names = new FreeNames([], 2);
  /** The names that were given, by what they were given to. */
  readonly #given = new Map<string, string>();
  /** What comes out of the functional models that were added. */
  readonly #outputs = new Map<string, End>();

  constructor(layers: readonly JsonValue[]) {
    for (const layer of layers) addNames(layer, this.#names);
  }

  get inputs(): JsonValue[] {
    return [...this.#inputs.values()];
  }

  /** Adds the layers of a Sequential one after the other; gives its output. */
  addStack(layers: readonly JsonValue[]): End {
    const branches = branchesIn(layers);
    const [first] = layers;
    let ends: readonly End[] = branches
      ? branches.map((branch) => this.#addBranch(branch))
      : this.#addInputs(isDict(first) ? inputsOf(first) : []);
    for (const [i, layer] of layers.entries()) {
      if (!isDict(layer) || (i === 0 && layer.class_name === "InputLayer")) continue;
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
    const key = comparable(config);
    const known = this.#outputs.get(key);
    if (known) return known;
    const output = this.#addGraph(config, config.layers);
    this.#outputs.set(key, output);
    return output;
  }

  #addInputs(inputs: readonly JsonObject[]): readonly End[] {
    return inputs.map(({ class_name: name = null, config = null }) => {
      const end = this.#add({ class_name: name, config }, []);
      this.#addEnd(end);
      return end;
    });
  }

  #addEnd(end: JsonValue): void {
    this.#inputs.set(comparable(end), end);
  }

  /** Adds a layer that is called on these tensors; or the call, where it is there; gives what comes out. */
  #add(layer: JsonObject, ends: readonly End[]): End {
    const { class_name: className = null, config = null } = layer;
    const name = nameOf(layer) ?? this.#nameFor(layer);
    const call = ends as unknown as JsonValue;
    const { inbound_nodes: nodes } = this.#keep({ class_name: className, name, config });
    const key = comparable([name, call]);
    const known = ends.length === 0 ? 0 : this.#calls.get(key);
    const index = known ?? (nodes as JsonValue[]).push(call) - 1;
    this.#calls.set(key, index);
    return [name, index + firstCall(layer), 0];
  }

  #keep({ inbound_nodes: _, ...entry }: JsonObject): JsonObject {
    const known = this.entries.get(String(entry.name));
    if (known) return known;
    entry.inbound_nodes = [];
    mark(entry);
    this.entries.set(String(entry.name), entry);
    return entry;
  }

  /**
   * Adds the layers of a functional model and their calls; gives its first output. Calls of a layer that is there already
   * are counted behind those it has.
   */
  #addGraph({ input_layers: inputs, output_layers: outputs }: JsonObject, layers: readonly JsonValue[]): End {
    const before = new Map<string, number>();
    const entries = layers.filter((layer) => isDict(layer));
    for (const entry of entries) {
      const nodes = this.entries.get(String(entry.name))?.inbound_nodes;
      before.set(String(entry.name), listOf(nodes).length);
    }
    const counted = (value: JsonValue): JsonValue => {
      if (!Array.isArray(value)) return value;
      const [name, node, ...rest] = value;
      if (typeof name !== "string" || typeof node !== "number") return value.map(counted);
      return [name, node + (before.get(name) ?? 0), ...rest];
    };
    for (const entry of entries) {
      const { inbound_nodes: nodes } = this.#keep(entry);
      for (const call of listOf(entry.inbound_nodes)) (nodes as JsonValue[]).push(counted(call));
    }
    for (const input of listOf(inputs)) this.#addEnd(input);
    return counted(listOf(outputs)[0] ?? ["", 0, 0]) as End;
  }

  /** A name for a layer that has none. Keras 1 counted such names, so that none of the file's can be meant by it. */
  #nameFor(layer: JsonObject): string {
    const first = firstName(layer);
    const key = first === undefined ? undefined : comparable(layer);
    const known = key && this.#given.get(key);
    if (known) return known;
    const kind = String(layer.class_name).toLowerCase();
    const wanted = first === undefined ? kind : `${kind}_of_${first}`;
    const name = this.#names.take(wanted);
    if (key) this.#given.set(key, name);
    return name;
  }
}

/** The number of a layer's first call: models inside have one of their own before. */
function firstCall({ config }: JsonObject): number {
  return Array.isArray(config) || (isDict(config) && Array.isArray(config.layers)) ? 1 : 0;
}

/** Adds the names of the layers in a model to `names`, those of models inside among them. */
function addNames(value: JsonValue | undefined, names: FreeNames): void {
  if (Array.isArray(value)) for (const layer of value) addNames(layer, names);
  else if (isDict(value)) {
    const name = nameOf(value);
    if (name !== undefined) names.add(name);
    addNames(isDict(value.config) ? value.config.layers : value.config, names);
  }
}

/** The first layer's name in a Sequential that has none. */
function firstName({ config }: JsonObject): string | undefined {
  const [first] = Array.isArray(config) ? config : [];
  return isDict(first) ? (nameOf(first) ?? firstName(first)) : undefined;
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
