import { ModelError } from "../errors.ts";
import { quote } from "../json/quote.ts";
import { Model } from "../models/model.ts";
import { checkRoom } from "../program/room.ts";
import { type LowRankUpdate, savedVariables, type VariableOwner } from "../program/variable-owner.ts";
import { toNumbers } from "../tensor/cast.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { attributesOf, valueForWriting } from "./file-memory.ts";
import type { Hdf5DatasetInput, Hdf5GroupInput } from "./hdf5/index.ts";
import { type Hdf5Plan, type PlanHdf5Options, planHdf5 } from "./hdf5/plan.ts";
import { keepsState, walkWeights } from "./weight-tree.ts";

interface Group extends Hdf5GroupInput {
  readonly children: Map<string, Hdf5GroupInput | Hdf5DatasetInput>;
}

/** Lays out the HDF5 file of a model's weights. */
export function planWeights(model: Model, options: PlanHdf5Options): Hdf5Plan {
  return planHdf5(weightGroups(model), options);
}

/** The groups of a model's file: for each layer a group `vars` that has its name and its own variables. */
function weightGroups(model: Model): Hdf5GroupInput {
  const root: Group = { children: new Map() };
  const groups = new Map<string, Group>([["", root]]);
  const groupAt = (path: string): Group => {
    const known = groups.get(path);
    if (known) return known;
    const group: Group = { children: new Map() };
    groups.set(path, group);
    const cut = path.lastIndexOf("/");
    groupAt(path.slice(0, cut)).children.set(path.slice(cut + 1), group);
    return group;
  };
  for (const { path, owner } of walkWeights(model)) {
    const group = groupAt(path);
    if (keepsState(owner) && owner.keptState) {
      for (const [key, child] of owner.keptState.children) group.children.set(key, child);
      continue;
    }
    group.children.set("vars", variableGroup(owner));
    if (owner instanceof Model && owner.compiled && owner.optimizerState) {
      group.children.set("optimizer", owner.optimizerState);
    }
  }
  return root;
}

function variableGroup(owner: VariableOwner): Hdf5GroupInput {
  const variables = savedVariables(owner);
  checkRoom(variables.map(([, variable]) => variable));
  const children = variables.map(([key, variable]): [string, Hdf5DatasetInput] => {
    const { dtype, shape } = variable;
    const { lora } = owner;
    const value =
      lora?.weight === variable ? () => mergedValue(owner, lora) : () => valueForWriting(variable);
    return [key, { dtype, shape, data: value }];
  });
  return { attributes: attributesOf(owner), children };
}

/** A weight with its update, as Keras writes it. */
async function mergedValue(owner: VariableOwner, { weight, a, b, merged }: LowRankUpdate): Promise<Tensor> {
  await Promise.all([weight, a, b].map((variable) => variable.load()));
  if (toNumbers(b.value).every((number) => number === 0)) return valueForWriting(weight);
  if (owner.quantizedWeight)
    throw new ModelError(
      `layer ${quote(owner.name)}`,
      `expected a low-rank update of zeros, because files have none beside a weight in few bits, received another in ${b.name}. Save the layer before it is quantized.`,
    );
  await import("../engines/reference/at-once/usual.ts");
  return merged() as Tensor;
}
