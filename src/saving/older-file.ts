import { isDict } from "../dialects/change.ts";
import { eachEntry } from "../dialects/graph.ts";
import { tellRenamed } from "../dialects/keras-2/tell-names.ts";
import { firstOfLayers } from "../dialects/loads.ts";
import { askedDialect, type Dialect } from "../dialects/version.ts";
import { OLDER_FILES, OLDER_FILES_HELP } from "../dialects/written.ts";
import { dialectOf, graphTextOf } from "../fields/origin.ts";
import type { Reading } from "../fields/reading.ts";
import type { JsonObject } from "../json/json.ts";
import { Layer } from "../layers/layer.ts";
import { BatchNormalization } from "../layers/normalization/batch-normalization.ts";
import type { Model } from "../models/model.ts";
import type { VariableOwner } from "../program/variable-owner.ts";
import { full } from "../tensor/create.ts";
import type { Hdf5DatasetInput, Hdf5GroupInput } from "./hdf5/index.ts";
import { awaitSummaries, takeSummaries } from "./learned-summary.ts";
import { knowOlderFiles } from "./legacy-model.ts";
import type { ReadModelOptions } from "./load-options.ts";
import { optimizerCalled } from "./older-optimizers/by-name.ts";
import { withRate } from "./older-optimizers/read-state.ts";
import { tellOptimizer } from "./older-optimizers/tell-optimizer.ts";
import { optimizerArrays } from "./older-optimizers/write-state.ts";
import { type Naming, USUAL_NAMES } from "./weight-tree.ts";
import { withoutBfloat16 } from "./without-bfloat16.ts";
import type { OlderFile } from "./write-weights.ts";

export { awaitSummaries, knowOlderFiles };

/** How a version of Keras 2 has a model in a `.keras` file. Throws a ConfigError where that is not known. */
export function olderFileFor(version: unknown): OlderFile {
  knowOlderFiles();
  const dialect = askedDialect("saveModel.keras", version, [OLDER_FILES], OLDER_FILES_HELP);
  const naming = dialect < firstOfLayers ? namesOfDependencies : olderNames;
  const beside = (model: Model) => besideLayers(model, dialect);
  return { dialect, layout: { naming, hasNames: false, beside }, stored: withoutBfloat16 };
}

/** What files of Keras 2 call what is in lists; where their lists are is found out. */
export const namesRead: Naming = { ...USUAL_NAMES, item: olderClass };

/** Says which names of a file of Keras 2 are others here. */
export function tellNames(config: JsonObject, onNotice: ReadModelOptions["onNotice"]): void {
  const tell: Reading["notice"] = onNotice ?? null;
  if (tell) tellRenamed(config, "config", tell);
}

/** Gives a model of a file of Keras 2 what it and its optimizer had learned as Keras 3 keeps it; says where that is not for its weights. */
export async function keepOlderState(
  model: Model,
  name: string,
  onNotice: ReadModelOptions["onNotice"],
): Promise<void> {
  await takeSummaries(model, name);
  await tellOptimizer(model, onNotice ?? null);
  const { optimizerState: kept, trainableWeights: trained } = model;
  const given = model.compileConfig?.optimizer;
  const named = optimizerCalled(given);
  const said = named ? { class_name: named.constructor.className, config: named.getConfig() } : given;
  if (!kept || !isDict(said)) return;
  model.optimizerState = withRate(kept, said, trained);
  if (model.optimizerState) return;
  const message = `expected the state of an optimizer for ${trained.length} weights, received ${kept.variables.length} arrays: it begins anew.`;
  onNotice?.({ path: `${name} optimizer`, message });
}

/** A class that is a property of another one now. */
function olderClass(owner: VariableOwner): string | null {
  return owner instanceof BatchNormalization && owner.synchronized ? "sync_batch_normalization" : null;
}

/** Layers of attention, which were private. */
const ofAttention = /^(?:query|key|value|output)_dense$/;

/** What Keras 2.15 calls what a model has. */
const olderNames: Naming = {
  property(name) {
    // It draws from generators that files do not have.
    if (name === "seed_generator") return null;
    return ofAttention.test(name) ? `_${name}` : name;
  },
  item: olderClass,
  places: () => 1,
  countsAgain: false,
};

/** What Keras 2.13 calls the `layers` of a model: a dict that names those with weights twice. */
const DEPENDENCIES = "_layer_checkpoint_dependencies";

/** What Keras 2.13 and 2.14 call what a model has. */
const namesOfDependencies: Naming = {
  ...olderNames,
  property: (name, isList) => (isList ? DEPENDENCIES : olderNames.property(name, isList)),
  places: (owner, list) => (list.endsWith(`/${DEPENDENCIES}`) && hasWeights(owner) ? 2 : 1),
  countsAgain: true,
};

function hasWeights(owner: VariableOwner): boolean {
  return owner instanceof Layer && owner.weights.length > 0;
}

/** What a model has beside its layers: where it is compiled its optimizer, and means, which begin anew. */
function* besideLayers(model: Model, dialect: Dialect): Generator<readonly [string, Hdf5GroupInput]> {
  const arrays = model.compiled ? optimizerArrays(model, dialect) : null;
  if (arrays) yield ["optimizer", groupOf("vars", groupOfVariables(arrays))];
  const zero = { dtype: "float32", shape: [], data: () => full([], 0, "float32") } as const;
  const mean = groupOf("vars", groupOfVariables([zero, zero]));
  const count = Number(model.compiled) + addedMeans(model, dialect);
  const means = Array.from({ length: count }, (_, i) => [i === 0 ? "mean" : `mean_${i}`, mean] as const);
  if (count > 0) yield ["metrics", { children: means }];
}

/** How many means `add_metric` gave a model, of which its graph alone knows; it is written as it was read in its own dialect. */
function addedMeans(model: Model, dialect: Dialect): number {
  const graph = dialectOf(model) === dialect ? graphTextOf(model) : undefined;
  let count = 0;
  if (graph)
    eachEntry(graph, ({ class_name: name, config }) => {
      if (name === "AddMetric" && isDict(config) && config.aggregation === "mean") count++;
    });
  return count;
}

function groupOfVariables(variables: readonly Hdf5DatasetInput[]): Hdf5GroupInput {
  return { children: variables.map((variable, i) => [String(i), variable]) };
}

function groupOf(name: string, group: Hdf5GroupInput): Hdf5GroupInput {
  return { children: [[name, group]] };
}
