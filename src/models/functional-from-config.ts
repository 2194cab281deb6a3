import { isHistory } from "../dialects/graph.ts";
import { originalOf } from "../dialects/notes.ts";
import { graphs } from "../dialects/walk.ts";
import { ConfigError, type Issue } from "../errors.ts";
import type { ConfigurableClass } from "../fields/configurable.ts";
import { currentReading, readingPart } from "../fields/reading.ts";
import type { KerasTensor } from "../graph/graph.ts";
import {
  NO_KEYWORDS,
  type Node,
  nameUnsaid,
  Operation,
  placeOf,
  signatureOf,
  tensorsIn,
} from "../graph/graph.ts";
import { isDict, type Nested } from "../graph/nested.ts";
import { unknownSpec } from "../graph/told.ts";
import { inspect } from "../json/inspect.ts";
import type { JsonArray, JsonObject, JsonValue } from "../json/json.ts";
import { copyMarks } from "../json/marks.ts";
import { joinPath } from "../json/path.ts";
import { quote } from "../json/quote.ts";
import { InputLayer } from "../layers/core/input-layer.ts";
import type { Spec } from "../program/value.ts";
import { type DeserializeOptions, gathering, guarded, inMember, reading } from "../registry/deserialize.ts";
import { makeOf } from "../registry/given-arguments.ts";
import { meet } from "../registry/known.ts";
import { isDType } from "../tensor/dtype.ts";
import { isShape } from "../tensor/shape.ts";
import { nodeOffsetOf } from "./functional-config.ts";
import type { FunctionalOptions, FunctionalParts } from "./model-parts.ts";

/** More outputs than any layer's call has. */
const MOST_OUTPUTS = 1000;

/** One call that waits to be made. */
interface PendingCall {
  readonly operation: Operation;
  /** What the model calls it; an inner model that has it, too, may call it otherwise. */
  readonly name: string;
  readonly index: number;
  /** Gives its path. */
  readonly where: () => string;
  readonly data: JsonObject;
}

/** Makes a functional model from its config. Source: Keras 3.6 `models/functional.py`, `functional_from_config`. */
export function functionalFromConfig(
  cls: new (options: FunctionalOptions) => FunctionalParts,
  given: JsonObject,
  options: DeserializeOptions,
): FunctionalParts {
  const read = (config: JsonObject) => {
    const base = currentReading()!.path;
    const entries = config.layers;
    if (!Array.isArray(entries))
      throw new ConfigError(
        joinPath(base, "layers"),
        `expected a list of layers, received ${entries === undefined ? "nothing" : inspect(entries)}.`,
      );
    const graph = new GraphReader(base, config.output_layers);
    graph.readLayers(entries as JsonArray);
    graph.makeCalls();
    const inputs = graph.tensors(config.input_layers, "input_layers");
    const outputs = graph.tensors(config.output_layers, "output_layers");
    const { layers: _, input_layers: __, output_layers: ___, name, trainable, ...rest } = config;
    const own = { ...rest, inputs, outputs, name: name as string } as FunctionalOptions;
    const model = makeOf(cls, rest, () => new cls(own));
    if (typeof trainable === "boolean") model.setOwnTrainable(trainable);
    return model;
  };
  const about = cls as unknown as ConfigurableClass;
  meet(InputLayer);
  return reading(about, given, options, read, graphs);
}

class GraphReader {
  readonly #base: string;
  readonly #operations = new Map<string, Operation>();
  /** The calls made so far of each operation, as this model counts them. */
  readonly #nodes = new Map<string, Node[]>();
  readonly #calls: PendingCall[] = [];
  readonly #waiting = new Map<string, PendingCall[]>();
  /** The histories of the model's outputs. */
  readonly #ends: JsonValue | undefined;
  /** What the file says of the outputs of calls, by the operation's name; gathered when first needed. */
  #said: ReadonlyMap<string, ReadonlyMap<number, Spec[]>> | null = null;

  constructor(base: string, ends: JsonValue | undefined) {
    this.#base = base;
    this.#ends = ends;
  }

  readLayers(entries: JsonArray): void {
    const issues: Issue[] = [];
    for (const [i, entry] of entries.entries()) {
      gathering(issues, () => this.#readLayer(entry, () => joinPath(joinPath(this.#base, "layers"), i)));
    }
    if (issues.length > 0) throw new ConfigError(issues);
  }

  /** What the file says of the outputs of an operation's next call, in the records of the calls that use them. */
  #outputsOf(operation: object): readonly Spec[] | undefined {
    const { name } = operation as Operation;
    if (this.#operations.get(name) !== operation) return undefined;
    this.#said ??= this.#gather();
    return this.#said.get(name)?.get(this.#nodes.get(name)!.length);
  }

  #gather(): ReadonlyMap<string, ReadonlyMap<number, Spec[]>> {
    const said = new Map<string, Map<number, Spec[]>>();
    const outputsAt = (history: JsonValue | undefined, offset: (name: string) => number): Spec[] => {
      const [name, index, tensor] = Array.isArray(history) ? history : [];
      if (typeof name !== "string" || !isIndex(index) || !isIndex(tensor) || tensor > MOST_OUTPUTS) return [];
      const calls = said.get(name) ?? new Map<number, Spec[]>();
      const specs = calls.get(index - offset(name)) ?? [];
      said.set(name, calls.set(index - offset(name), specs));
      while (specs.length <= tensor) specs.push(unknownSpec);
      return specs;
    };
    for (const { data } of this.#calls) {
      for (const { keras_history: history, shape, dtype } of tensorRecordsIn(data)) {
        const specs = outputsAt(history, () => 0);
        if (specs.length === 0 || !isShape(shape) || !isDType(dtype)) continue;
        specs[(history as readonly number[])[2]!] = { shape, dtype };
      }
    }
    for (const history of historiesIn(this.#ends)) {
      outputsAt(history, (name) => nodeOffsetOf(this.#operations.get(name) ?? {}));
    }
    return said;
  }

  #readLayer(entry: JsonValue, where: () => string): void {
    if (!isDict(entry) || typeof entry.class_name !== "string") {
      throw new ConfigError(
        where(),
        `expected a layer (a dict with class_name and config), received ${inspect(entry)}.`,
      );
    }
    const data = entry as JsonObject;
    // A name of null is made up; what the graph calls the layer is not left to chance.
    if (isDict(data.config) && data.config.name === null && typeof data.name === "string")
      data.config.name = data.name;
    const operation = readingPart(where, () => currentReading()!.resolver.deserialize(data));
    if (!(operation instanceof Operation)) {
      throw new ConfigError(where(), `expected a layer or operation, received ${inspect(operation)}.`);
    }
    if (this.#operations.get(operation.name) === operation)
      throw new ConfigError(where(), `expected another layer, received ${placeOf(operation)} again.`);
    const name = typeof data.name === "string" ? data.name : operation.name;
    if (operation.name !== name) nameUnsaid(operation, name);
    if (this.#operations.has(name))
      throw new ConfigError(
        joinPath(where(), "name"),
        `expected a unique name, received ${quote(name)} again.`,
      );
    this.#operations.set(name, operation);
    this.#nodes.set(
      name,
      operation.inboundNodes.filter((node) => node.isInput),
    );
    const nodes = data.inbound_nodes ?? [];
    if (!Array.isArray(nodes))
      throw new ConfigError(
        joinPath(where(), "inbound_nodes"),
        `expected a list of calls, received ${inspect(nodes)}.`,
      );
    for (const [index, node] of nodes.entries()) {
      const whereCall = () => joinPath(joinPath(where(), "inbound_nodes"), index);
      if (!isDict(node) || !Array.isArray((node as JsonObject).args)) {
        throw new ConfigError(
          whereCall(),
          `expected a call (a dict of args and kwargs), received ${inspect(node)}.`,
        );
      }
      this.#calls.push({ operation, name, index, where: whereCall, data: node as JsonObject });
    }
  }

  /** Makes the calls in the order of the list; one whose inputs are not there yet waits for them. */
  makeCalls(): void {
    let made = 0;
    const ready = [...this.#calls].reverse();
    while (ready.length > 0) {
      const call = ready.pop()!;
      const missing = this.#missing(call);
      if (missing !== null) {
        const queue = this.#waiting.get(missing);
        if (queue) queue.push(call);
        else this.#waiting.set(missing, [call]);
        continue;
      }
      this.#make(call);
      made++;
      if (this.#waiting.size === 0) continue;
      const key = nodeKey(call.name, this.#nodes.get(call.name)!.length - 1);
      const waiting = this.#waiting.get(key);
      if (!waiting) continue;
      this.#waiting.delete(key);
      for (const call of waiting.reverse()) ready.push(call);
    }
    if (made < this.#calls.length) {
      const issues = [...this.#waiting].flatMap(([key, calls]) =>
        calls.map(({ where }) => ({
          path: where(),
          message: `expected inputs that can be computed, received ${key}, which is in a loop or not connected.`,
        })),
      );
      throw new ConfigError(issues.slice(0, 10));
    }
  }

  /** The first call that this one needs and that is not made yet. */
  #missing({ name: own, index, data, where }: PendingCall): string | null {
    if (this.#nodes.get(own)!.length < index) return nodeKey(own, index - 1);
    for (const { keras_history: history = null } of tensorRecordsIn(data)) {
      const [name, node] = this.#checkHistory(history, where);
      if (node >= this.#nodes.get(name)!.length) return nodeKey(name, node);
    }
    return null;
  }

  #make({ operation, name, data, where }: PendingCall): void {
    const { resolver } = currentReading()!;
    const make = () => {
      const args = inMember("args", data.args, () => resolver.deserialize(data.args)) as unknown[];
      const given = data.kwargs ?? {};
      const recorded = isDict(given) ? originalOf(given as JsonObject) : given;
      const kwargs = inMember("kwargs", recorded, () => resolver.deserialize(recorded)) as Record<
        string,
        unknown
      >;
      if (!isDict(kwargs))
        throw new ConfigError(
          joinPath(where(), "kwargs"),
          `expected a dict of arguments, received ${inspect(given)}.`,
        );
      copyMarks(recorded as object, kwargs);
      if (tensorsIn(args, kwargs).length === 0)
        throw new ConfigError(where(), "expected a call on tensors of this model, received one without any.");
      const empty = Object.keys(kwargs).length === 0;
      guarded(
        () => `calling ${operation.constructor.className}`,
        () => operation.invoke(args, empty ? NO_KEYWORDS : kwargs),
      );
      const node = operation.inboundNodes.at(-1)!;
      node.injected = injectedIn(operation, kwargs, given as JsonObject);
      this.#nodes.get(name)!.push(node);
    };
    readingPart(where, make, {
      tensorAt: (history) => this.#tensorAt(history, where),
      outputsOf: (operation) => this.#outputsOf(operation),
    });
  }

  #tensorAt(history: JsonValue, where: () => string): KerasTensor {
    const [name, index, tensor] = this.#checkHistory(history, where);
    const found = this.#nodes.get(name)?.[index]?.outputs[tensor];
    if (found) return found;
    throw new ConfigError(where(), `expected a tensor of this model, received ${inspect(history)}.`);
  }

  #checkHistory(history: JsonValue, where: () => string): [name: string, node: number, tensor: number] {
    const [name, node, tensor] = Array.isArray(history) ? history : [];
    if (typeof name !== "string" || !isIndex(node) || !isIndex(tensor)) {
      throw new ConfigError(
        where(),
        `expected a tensor's history (a layer's name and two indices), received ${inspect(history)}.`,
      );
    }
    if (!this.#operations.has(name))
      throw new ConfigError(where(), `expected the name of a layer of this model, received ${quote(name)}.`);
    return [name, node, tensor];
  }

  /** The tensors of `input_layers` or `output_layers`, in their structure. */
  tensors(config: JsonValue | undefined, key: string): Nested<KerasTensor> {
    const where = () => joinPath(this.#base, key);
    const read = (item: JsonValue): Nested<KerasTensor> => {
      if (isHistory(item)) {
        const [name, index, tensor] = this.#checkHistory(item, where);
        const offset = nodeOffsetOf(this.#operations.get(name)!);
        return this.#tensorAt([name, index - offset, tensor], where);
      }
      if (Array.isArray(item)) return item.map(read);
      if (isDict(item))
        return Object.fromEntries(
          Object.entries(item).map(([name, value]) => [name, read(value as JsonValue)]),
        );
      throw new ConfigError(
        where(),
        `expected a tensor's history (a layer's name and two indices), received ${inspect(item)}.`,
      );
    };
    if (config === undefined)
      throw new ConfigError(where(), "expected the model's tensors, received nothing.");
    return read(config);
  }
}

function isIndex(value: JsonValue | undefined): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

/** The histories of tensors in a structure of them, as far as it is well formed. */
function historiesIn(structure: JsonValue | undefined): JsonValue[] {
  if (isHistory(structure)) return [structure];
  return typeof structure === "object" && structure !== null
    ? Object.values(structure).flatMap((item) => historiesIn(item))
    : [];
}

function nodeKey(name: string, index: number): string {
  return `call ${index} of ${quote(name)}`;
}

/** The records of all tensors in a call's arguments. */
function tensorRecordsIn(data: JsonObject): JsonObject[] {
  const found: JsonObject[] = [];
  lookForTensors(data.args, found);
  lookForTensors(data.kwargs, found);
  return found;
}

function lookForTensors(value: unknown, found: JsonObject[]): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) for (const item of value) lookForTensors(item, found);
  else {
    const { class_name: name, config } = value as JsonObject;
    if (name === "__keras_tensor__" && isDict(config)) found.push(config as JsonObject);
    else for (const key in value) lookForTensors((value as JsonObject)[key], found);
  }
}

/**
 * Arguments that an older Keras recorded though nobody gave them: a `training` that is the layer's default cannot be
 * told from one that was given, and taken literally it would switch Dropout off for ever.
 */
function injectedIn(
  operation: Operation,
  recorded: Readonly<Record<string, unknown>>,
  given: JsonObject,
): string[] | null {
  const { training } = recorded;
  if (training === undefined || Object.hasOwn(given, "training")) return null;
  return training === signatureOf(operation).arguments.training?.byDefault ? ["training"] : null;
}
