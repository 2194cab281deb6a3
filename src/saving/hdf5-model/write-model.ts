import { isDict, picked, without } from "../../dialects/change.ts";
import { writeTraining } from "../../dialects/keras-2/training-write.ts";
import { Lacks, type OnDropped } from "../../dialects/lacks.ts";
import { sayNewer } from "../../dialects/say-newer.ts";
import { type Dialect, formatDialect, isOlder } from "../../dialects/version.ts";
import { invariant } from "../../errors.ts";
import { gatherLacks, withDialect } from "../../fields/writing.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { quote } from "../../json/quote.ts";
import { stringifyPythonJson } from "../../json/stringify.ts";
import type { Layer } from "../../layers/layer.ts";
import type { Model } from "../../models/model.ts";
import { checkRoom } from "../../program/room.ts";
import { listedVariables } from "../../program/variable-owner.ts";
import type { Watch } from "../../progress.ts";
import { serializeObject } from "../../registry/serialize.ts";
import { checkTold } from "../../registry/untold.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { checkedPlan } from "../checked-plan.ts";
import { valueForWriting } from "../file-memory.ts";
import type { AttributeInput, Hdf5DatasetInput, Hdf5GroupInput } from "../hdf5/index.ts";
import { weightsOf } from "../layer-weights.ts";
import { optimizerCalled } from "../older-optimizers/by-name.ts";
import { optimizerArrays } from "../older-optimizers/write-state.ts";
import { OF_MODEL } from "../own-weights.ts";
import { type PieceRoom, piecesForWriting } from "../read-ahead.ts";
import { withoutBfloat16 } from "../without-bfloat16.ts";
import { type NamedWeight, namedWeights } from "./weight-names.ts";

/** How a model is written. */
export interface Hdf5ModelOptions {
  readonly name: string;
  /** The version of Keras it is written for. */
  readonly dialect: Dialect;
  /** Told of what is left out; nothing is, unless given. */
  readonly onDropped?: OnDropped | null | undefined;
  readonly watch: Watch;
  /** Where large weights are read into; each piece is memory of its own unless given. */
  readonly pieceRoom?: PieceRoom | undefined;
}

/**
 * A model as a whole-model HDF5 file: its config in an attribute, its weights by layers, in the order in which Keras 1 to 3
 * find them. Weights that are still in a file are read one at a time.
 */
export async function* hdf5ModelBytes(
  model: Model,
  { name, dialect, onDropped, watch, pieceRoom }: Hdf5ModelOptions,
): AsyncGenerator<Uint8Array> {
  const contents = contentsOf(model, dialect, onDropped ?? null);
  const stored = isOlder(dialect) ? withoutBfloat16(contents) : contents;
  yield* checkedPlan(stored, name, { watch, done: 0, total: null }, pieceRoom).chunks();
}

function contentsOf(model: Model, dialect: Dialect, onDropped: OnDropped | null): Hdf5GroupInput {
  const lacks = new Lacks(onDropped);
  const { envelope, training } = withDialect(dialect, () =>
    gatherLacks(lacks, () => {
      const envelope = checkTold(serializeObject(model));
      if (!isOlder(dialect)) sayNewer(envelope, dialect, lacks);
      const compiled = compileConfigOf(model);
      if (model.layers.some(({ name }) => name === OF_MODEL))
        lacks.say(
          `layer ${quote(OF_MODEL)}`,
          `expected another name, ${taken}, received ${quote(OF_MODEL)}.`,
        );
      const isCompiled = isDict(compiled) && Object.keys(compiled).length > 0;
      return { envelope, training: isCompiled ? writeTraining(compiled, dialect, lacks) : null };
    }),
  );
  const config = isOlder(dialect)
    ? picked(envelope, ["class_name", "config"])
    : without(envelope, ["build_config", "compile_config"]);
  const signs: [string, AttributeInput][] = [
    ["backend", "tensorflow"],
    ["keras_version", `${formatDialect(dialect)}.0`],
  ];
  const layers = layersOf(model, envelope);
  const groups = new Map<string, Group>();
  for (const layer of layers) fill(groupAt(groups, layer.name), namedWeights(weightsOf(layer), model));
  fill(groupAt(groups, OF_MODEL), namedWeights(listedVariables(model), model));
  const names = layers.map(({ name }) => name);
  return {
    attributes: [
      ...signs,
      ["model_config", stringifyPythonJson(config)],
      ...(training ? [["training_config", stringifyPythonJson(training)] as [string, string]] : []),
    ],
    children: [
      ["model_weights", { attributes: [...signs, ...namesAt("layer_names", names)], children: groups }],
      ...(training ? stateOf(model, dialect) : []),
    ],
  };
}

const taken = "because HDF5 files of models have what is of no layer under this one";

/** How a model was compiled, with an optimizer in place of its name, which no file of this kind has. */
function compileConfigOf(model: Model): JsonValue | undefined {
  const compiled = model.getCompileConfig();
  if (!isDict(compiled)) return compiled;
  const named = optimizerCalled(compiled.optimizer);
  return named ? { ...compiled, optimizer: serializeObject(named) } : compiled;
}

/** What its optimizer has learned. */
function* stateOf(model: Model, dialect: Dialect): Generator<[string, Group]> {
  const arrays = model.compiled ? optimizerArrays(model, dialect) : null;
  if (!arrays) return;
  const weights = new Map<string, Group | Hdf5DatasetInput>();
  for (const { name, ...array } of arrays) {
    const cut = name.lastIndexOf("/");
    const children = cut < 0 ? weights : groupAt(weights, name.slice(0, cut)).children;
    children.set(name.slice(cut + 1), array);
  }
  const names = arrays.map(({ name }) => name);
  yield ["optimizer_weights", { attributes: namesAt("weight_names", names), children: weights }];
}

/**
 * The layers in the order in which Keras has them: that of the model, as a config may have any; with calls of functions
 * among them that of the config, since several operations here may be one of those.
 */
function layersOf(model: Model, { config }: JsonObject): Layer[] {
  const own = new Map(model.layers.map((layer) => [layer.name, layer]));
  const { layers } = isDict(config) ? config : ({} as JsonObject);
  const entries = Array.isArray(layers) ? layers : [];
  const found = entries.flatMap((entry) => {
    const inner = isDict(entry) && isDict(entry.config) ? entry.config.name : undefined;
    const layer = typeof inner === "string" ? own.get(inner) : undefined;
    return layer ? [layer] : [];
  });
  return found.length === own.size && entries.length > own.size ? found : [...own.values()];
}

interface Group extends Hdf5GroupInput {
  attributes?: [string, AttributeInput][];
  readonly children: Map<string, Group | Hdf5DatasetInput>;
}

/** The group at a path; names of layers and weights may have parts. */
function groupAt(groups: Map<string, Group | Hdf5DatasetInput>, path: string): Group {
  let children = groups;
  let found: Group | undefined;
  for (const part of path.split("/")) {
    const known = children.get(part);
    const group: Group = known && "children" in known ? (known as Group) : { children: new Map() };
    children.set(part, group);
    ({ children } = group);
    found = group;
  }
  invariant(found, "a path has no part");
  return found;
}

function fill(group: Group, weights: readonly NamedWeight[]): void {
  checkRoom(weights.map(({ variable }) => variable));
  group.attributes = namesAt(
    "weight_names",
    weights.map(({ name }) => name),
  );
  for (const { name, variable } of weights) {
    const cut = name.lastIndexOf("/");
    const { children } = cut < 0 ? group : groupAt(group.children, name.slice(0, cut));
    const { dtype, shape } = variable;
    children.set(name.slice(cut + 1), {
      dtype,
      shape,
      data: () => valueForWriting(variable),
      pieces: (room) => piecesForWriting(variable, room),
    });
  }
}

/** How many names an attribute has room for. */
const mostNames = 2000;

/** Names as attributes: one, or where they are many several with numbers. An empty list is one of no numbers. */
function namesAt(key: string, names: readonly string[]): [string, AttributeInput][] {
  if (names.length === 0) return [[key, new Tensor("float64", [0], new Float64Array(0))]];
  if (names.length <= mostNames) return [[key, names]];
  const pieces = Math.ceil(names.length / mostNames);
  return Array.from({ length: pieces }, (_, i) => [
    `${key}${i}`,
    names.slice(i * mostNames, (i + 1) * mostNames),
  ]);
}
