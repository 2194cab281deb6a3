import { isDict } from "../../dialects/change.ts";
import { isForTraining } from "../../dialects/keras-2/silent.ts";
import type { Lacks } from "../../dialects/lacks.ts";
import { tfjsHelpFor } from "../../dialects/tfjs/unfolded.ts";
import { comparable } from "../../json/comparable.ts";
import { inspect } from "../../json/inspect.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { joinPath } from "../../json/path.ts";
import { quote } from "../../json/quote.ts";
import { type TfjsLayer, tfjsLayers, tfjsWrappers } from "./classes.ts";
import type { Fed, FedFinder } from "./fed.ts";
import { instead, type LayerConfig } from "./instead.ts";
import { otherwise, otherwiseInside } from "./otherwise.ts";
import { withoutRepeated } from "./repeated.ts";
import { Refused } from "./values.ts";

/**
 * Brings the config of a model, as Keras 2 writes it, into the form that TensorFlow.js 4.22 takes; says all that it cannot hold, or
 * would compute otherwise.
 */
export function toTopology(model: LayerConfig, fedTo: FedFinder, lacks: Lacks): LayerConfig {
  return new Topology(fedTo, lacks).model(model, [String(model.config.name ?? "model")]);
}

class Topology {
  readonly #lacks: Lacks;
  readonly #fedTo: FedFinder;

  constructor(fedTo: FedFinder, lacks: Lacks) {
    this.#fedTo = fedTo;
    this.#lacks = lacks;
  }

  /** A model; `path` has the names of those around it, and its own. */
  model({ class_name: name, config }: LayerConfig, path: readonly string[]): LayerConfig {
    const layers = Array.isArray(config.layers) ? config.layers : [];
    if (name === "Sequential") {
      const written = layers.map((layer) => ({ ...this.layer(layer, path) }));
      if (!Object.hasOwn(config, "layers") || isUnbuilt(config))
        this.#refuse(
          place(path),
          "expected a Sequential whose input is known, received one that is not built.",
        );
      return { class_name: name, config: { name: config.name!, layers: written } };
    }
    if (name !== "Functional" && name !== "Model")
      this.#refuse(place(path), `expected a Sequential or Functional model, received ${inspect(name)}.`);
    const called = layers.map((layer) => this.#called(layer, path));
    const written = withoutRepeated({ layers: called, outputs: ends(config.output_layers) });
    return {
      class_name: "Functional",
      config: {
        name: config.name!,
        layers: written.layers,
        input_layers: ends(config.input_layers),
        output_layers: written.outputs,
      },
    };
  }

  /** A layer, and what is in it. */
  layer(given: JsonValue, path: readonly string[], around: Fed | null = null): LayerConfig {
    const original = layerIn(given);
    const { name } = original.config;
    const inner = [...path, String(name)];
    if (!/^[a-z\d][-\w./]*$/i.test(String(name))) {
      const help = "TensorFlow.js takes letters, digits and _ . / - in names.";
      this.#refuse(place(inner), `expected another name, received ${inspect(name)}. ${help}`);
    }
    const at = place(inner);
    const found = this.#fedTo(inner);
    if (isModel(original)) {
      for (const fed of found) this.#refuseAt(at, otherwiseInside(fed));
      return this.model(original, inner);
    }
    const [first = around, ...others] = found;
    const written = this.#fed(original, inner, first);
    const isAlike = (fed: Fed) =>
      comparable({ ...this.#fed(original, inner, fed) }) === comparable({ ...written });
    if (!others.every(isAlike))
      this.#refuse(at, "expected inputs that TensorFlow.js needs one layer for, received unlike ones.");
    return written;
  }

  /** A layer as it is for what it is fed in a call. */
  #fed(original: LayerConfig, inner: readonly string[], fed: Fed | null): LayerConfig {
    const layer = instead(original, fed) ?? original;
    const at = place(inner);
    const wrapper = own(tfjsWrappers, layer.class_name);
    const known = wrapper ?? own(tfjsLayers, layer.class_name);
    if (!known) {
      this.#refuse(
        at,
        `expected a layer that TensorFlow.js 4.22 has, received ${inspect(layer.class_name)}.${tfjsHelpFor(layer.class_name)}`,
      );
      return layer;
    }
    if (known.ranks && fed && !known.ranks.includes(fed.rank)) {
      const ranks = known.ranks.join(", ");
      this.#refuse(
        at,
        `expected an input of rank ${ranks} for ${layer.class_name}, received rank ${fed.rank}.`,
      );
    }
    if (fed?.isMasked && !known.takesMasks)
      this.#refuse(at, `expected an input without a mask for ${layer.class_name}, received one with a mask.`);
    this.#refuseAt(at, otherwise(layer, fed));
    const held = wrapper ? this.#held(layer, inner, fed) : {};
    return { class_name: layer.class_name, config: { ...held, ...this.#keys(layer, known, at, fed, held) } };
  }

  /** The layers that another one holds, by their keys. */
  #held({ class_name: name, config }: LayerConfig, path: readonly string[], fed: Fed | null): JsonObject {
    if (name === "RNN") return { cell: this.#inside(config.cell, path) };
    if (name === "StackedRNNCells")
      return { cells: [config.cells ?? []].flat().map((cell) => this.#inside(cell, path)) };
    if (name === "TimeDistributed") return { layer: this.#inside(config.layer, path, fed && oneStep(fed)) };
    const layer = this.#inside(config.layer, path, fed);
    const { backward_layer: backward = null } = config;
    if (backward === null) return { layer };
    if (!isMirror(layer, this.#inside(backward, path, fed)))
      this.#refuse(`${place(path)}.backward_layer`, "expected the same layer backwards, received another.");
    return { layer, backward_layer: null };
  }

  #inside(given: JsonValue | undefined, path: readonly string[], fed: Fed | null = null): JsonObject {
    return { ...this.layer(given ?? null, path, fed) };
  }

  #keys(
    { class_name: name, config }: LayerConfig,
    { keys }: TfjsLayer,
    at: string,
    fed: Fed | null,
    held: JsonObject,
  ): JsonObject {
    const written: JsonObject = {};
    for (const [key, value] of Object.entries(config)) {
      if (Object.hasOwn(held, key)) continue;
      const rule = own(keys, key);
      const found = rule
        ? rule(value, fed)
        : value === null
          ? undefined
          : new Refused(`expected a key that ${name} of TensorFlow.js has, received ${inspect(value)}.`);
      if (found instanceof Refused)
        this.#lacks.say(
          joinPath(at, key),
          `${found.message}${tfjsHelpFor(name, key)}`,
          isDroppable(name, key, found),
        );
      else if (found !== undefined) written[key] = found;
    }
    return written;
  }

  /** A layer of a graph, with its calls. */
  #called(given: JsonValue, path: readonly string[]): JsonObject {
    const before = this.#lacks.count;
    const layer = this.layer(given, path);
    const { inbound_nodes: nodes = [], name } = isDict(given) ? given : {};
    const at = place([...path, String(name)]);
    const isTaken = this.#lacks.count === before && Array.isArray(nodes);
    const calls = isTaken ? nodes.map((node) => this.#call(node, at)) : [];
    return { name: name!, ...layer, inbound_nodes: calls };
  }

  /** A call: its tensors, each with the keyword arguments. */
  #call(node: JsonValue, at: string): JsonValue {
    const tensors = Array.isArray(node) ? node : [];
    return tensors.map((tensor) => {
      const [layer, index, output, kwargs = {}] = Array.isArray(tensor) ? tensor : [];
      if (typeof layer !== "string" || typeof index !== "number" || index < 0) {
        this.#refuse(at, `expected a call with tensors of layers, received ${inspect(tensor)}.`);
        return tensor;
      }
      for (const [key, value] of Object.entries(isDict(kwargs) ? kwargs : {})) {
        if (value === null || (key === "training" && value === false)) continue;
        this.#refuse(at, `expected a call without ${quote(key)}, received ${inspect(value)}.`);
      }
      return [layer, index, output ?? 0, {}];
    });
  }

  #refuseAt(path: string, message: string | null): void {
    if (message !== null) this.#refuse(path, message);
  }

  #refuse(path: string, message: string): void {
    this.#lacks.say(path, message);
  }
}

/** Whether a key says nothing of what a layer computes when it is not trained. */
function isDroppable(className: string, key: string, { droppable }: Refused): boolean {
  return droppable || isForTraining(key, className);
}

function place(path: readonly string[]): string {
  return `layer ${quote(path.slice(path.length > 1 ? 1 : 0).join("/"))}`;
}

function layerIn(given: JsonValue): LayerConfig {
  const { class_name: name, config } = isDict(given) ? given : {};
  return { class_name: String(name), config: isDict(config) ? config : {} };
}

function isModel({ class_name: name, config }: LayerConfig): boolean {
  return name === "Sequential" || (Array.isArray(config.layers) && Object.hasOwn(config, "output_layers"));
}

/** A Sequential without an input: neither a layer for it, nor its shape. */
function isUnbuilt({ layers }: JsonObject): boolean {
  const [first] = Array.isArray(layers) ? layers : [];
  if (first === undefined) return true;
  const layer = layerIn(first);
  if (isModel(layer)) return layer.class_name === "Sequential" && isUnbuilt(layer.config);
  return !Object.hasOwn(layer.config, "batch_input_shape");
}

/** The ends of a graph as TensorFlow.js has them: one list, whatever structure they are in. */
function ends(structure: JsonValue | undefined): JsonValue[] {
  if (Array.isArray(structure))
    return typeof structure[0] === "string" ? [structure] : structure.flatMap(ends);
  return isDict(structure) ? Object.values(structure).flatMap(ends) : [];
}

/** What a layer is fed at each step of a sequence. */
function oneStep({ rank, output: [batch = null, , ...sizes], ...fed }: Fed): Fed {
  return {
    ...fed,
    rank: rank - 1,
    isMasked: false,
    isMaskIdle: () => true,
    isMaskUsed: () => false,
    output: [batch, ...sizes],
  };
}

/** Whether a layer is another one backwards, as TensorFlow.js makes it. */
function isMirror(forward: JsonObject, backward: JsonObject): boolean {
  const plain = ({ class_name: name, config }: JsonObject, isBackwards: boolean) => {
    const { name: _, go_backwards: backwards = false, ...rest } = isDict(config) ? config : {};
    const sorted = Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1));
    return comparable([name ?? null, (backwards === true) !== isBackwards, sorted]);
  };
  return plain(forward, false) === plain(backward, true);
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
