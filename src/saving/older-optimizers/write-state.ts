import { hasNewOptimizers } from "../../dialects/keras-2/optimizers-write.ts";
import { type Dialect, formatDialect, isOlder } from "../../dialects/version.ts";
import { ModelError } from "../../errors.ts";
import { placeOf } from "../../graph/graph.ts";
import type { Model } from "../../models/model.ts";
import { LossScaleOptimizer } from "../../optimizers/loss-scale-optimizer.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import type { KeptState } from "../../program/kept-state.ts";
import type { Variable } from "../../program/variable.ts";
import { castTensor } from "../../tensor/cast.ts";
import { full } from "../../tensor/create.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { StaticShape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { valueForWriting } from "../file-memory.ts";
import { pathIn, uniqueNames } from "../hdf5-model/weight-names.ts";
import { optimizerCalled } from "./by-name.ts";
import { hasIdleSlots, hasProduct, isByWeight, type Slot, slotsOf } from "./slots.ts";

/** What an optimizer keeps, as files have it. */
export interface StateArray {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: StaticShape;
  readonly data: () => Tensor | Promise<Tensor>;
}

/**
 * What the optimizer of a model has learned, in the order and by the names of HDF5 files of a version; null where it has not
 * learned. Throws a ModelError where that version keeps it otherwise.
 */
export function optimizerArrays(model: Model, dialect: Dialect): readonly StateArray[] | null {
  const { optimizerState: kept } = model;
  if (!kept) return null;
  const whole = model.optimizer ?? optimizerWith(model, kept);
  const help = "Load the model with compile: false, or set its optimizerState to null.";
  const refused = (received: string) =>
    new ModelError(
      placeOf(model),
      `expected an optimizer whose state files of Keras ${formatDialect(dialect)} have, received ${received}. ${help}`,
    );
  if (!whole) throw refused("one that is not known here");
  if (kept.variables.length !== whole.variables.length) return null;
  if (!isOlder(dialect)) return whole.variables.map((variable) => arrayOf(variable.path, variable));
  // Files do not have by what it multiplies the loss.
  const optimizer = whole instanceof LossScaleOptimizer ? whole.inner_optimizer : whole;
  const { className } = optimizer.constructor;
  const groups = slotsOf(className);
  if (!groups) throw refused(`${className} that has learned`);
  const isNew = hasNewOptimizers(dialect);
  const slots = slotArrays(optimizer, groups, isNew, model);
  const used = new Set(slots.map(({ variable }) => variable));
  const [count, ...others] = optimizer.variables.filter((variable) => !used.has(variable));
  const product = hasProduct(className) ? others.pop() : undefined;
  // The learning rate is said by the config.
  if (!count || others.length > 1) throw refused(`${className} that keeps ${others.length - 1} arrays more`);
  const { name } = optimizer;
  const cache = product && !isNew ? [arrayOf(`${name}/momentum_cache:0`, product)] : [];
  return [counted(isNew ? "iteration:0" : `${name}/iter:0`, count), ...cache, ...slots];
}

/** The optimizer of a model that says no more than its name, with what it has learned. */
function optimizerWith(model: Model, kept: KeptState): Optimizer | null {
  const optimizer = optimizerCalled(model.compileConfig?.optimizer);
  optimizer?.takeOver(model.weightsThen, kept);
  return optimizer;
}

/** A slot of a weight. */
interface SlotArray extends StateArray {
  /** Undefined where the optimizer does not use it. */
  readonly variable: Variable | undefined;
}

/** All slots of all weights in their order: those of a group side by side for each weight, or each slot alone. */
function slotArrays(
  optimizer: Optimizer,
  groups: readonly (readonly Slot[])[],
  isNew: boolean,
  model: Model,
): readonly SlotArray[] {
  const unique = uniqueNames();
  const { className } = optimizer.constructor;
  const together = isNew || isByWeight(className) ? groups : groups.flat().map((slot) => [slot]);
  const isIdle = isNew && hasIdleSlots(className);
  return together.flatMap((slots) =>
    optimizer.trainedVariables.flatMap((weight) =>
      slots.flatMap(({ own, newer, older }) => {
        const variable = optimizer.slotsOf(weight).get(own);
        if (!variable && !isIdle) return [];
        const path = pathIn(model, weight);
        const name = unique(`${optimizer.name}/${isNew ? `${newer}/${path}` : `${path}/${older}`}`);
        const { dtype, shape } = weight;
        const idle = { name, dtype, shape, data: () => full(shape, 0, dtype) };
        return [{ ...(variable ? arrayOf(name, variable) : idle), variable }];
      }),
    ),
  );
}

/** TensorFlow counts steps in int64. */
function counted(name: string, variable: Variable): StateArray {
  const data = async () => castTensor(await valueForWriting(variable), "int64");
  return { name, dtype: "int64", shape: [], data };
}

function arrayOf(name: string, variable: Variable): StateArray {
  const { dtype, shape } = variable;
  return { name, dtype, shape, data: () => valueForWriting(variable) };
}
