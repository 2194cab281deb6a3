import type { Dialect } from "../dialects/version.ts";
import { ModelError } from "../errors.ts";
import { quote } from "../json/quote.ts";
import { Model } from "../models/model.ts";
import { checkRoom } from "../program/room.ts";
import { type LowRankUpdate, savedVariables, type VariableOwner } from "../program/variable-owner.ts";
import { toNumbers } from "../tensor/cast.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { attributesOf, valueForWriting } from "./file-memory.ts";
import type { Hdf5DatasetInput, Hdf5GroupInput } from "./hdf5/index.ts";
import { stateIn } from "./optimizer-order.ts";
import { type PieceRoom, piecesForWriting } from "./read-ahead.ts";
import { keepsState, type Naming, USUAL_NAMES, walkWeights } from "./weight-tree.ts";

interface Group extends Hdf5GroupInput {
  readonly children: Map<string, Hdf5GroupInput | Hdf5DatasetInput>;
}

/** How a file has what a model has, where Keras 3 has it otherwise. */
export interface WeightLayout {
  readonly naming: Naming;
  /** Whether groups say the names of their layers. */
  readonly hasNames: boolean;
  /** What a model has beside its layers. */
  readonly beside: (model: Model) => Iterable<readonly [name: string, group: Hdf5GroupInput]>;
}

/** What a version of Keras 2 keeps otherwise than Keras 3. */
export interface OlderFile {
  readonly dialect: Dialect;
  readonly layout: WeightLayout;
  /** The contents of its file of weights, with arrays as that version reads them. */
  readonly stored: (contents: Hdf5GroupInput) => Hdf5GroupInput;
}

/** The groups of a model's file: for each layer a group `vars` that has its name and its own variables. */
export function weightGroups(
  model: Model,
  { naming, hasNames, beside }: WeightLayout = usual,
): Hdf5GroupInput {
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
  for (const { path, owner } of walkWeights(model, undefined, naming)) {
    const group = groupAt(path);
    if (keepsState(owner) && owner.keptState) {
      for (const [key, child] of owner.keptState.children) group.children.set(key, child);
      continue;
    }
    const variables = variableGroup(owner);
    group.children.set("vars", hasNames ? { ...variables, attributes: attributesOf(owner) } : variables);
    if (owner instanceof Model) for (const [name, own] of beside(owner)) group.children.set(name, own);
  }
  return root;
}

const usual: WeightLayout = {
  naming: USUAL_NAMES,
  hasNames: true,
  beside: ({ compiled, optimizerState: state }) => (compiled && state ? [["optimizer", state]] : []),
};

/** How files of a version of Keras 3 have a model. */
export function layoutIn(dialect: Dialect): WeightLayout {
  const beside: WeightLayout["beside"] = (model) => {
    const state = model.compiled ? stateIn(model, dialect) : null;
    return state ? [["optimizer", state]] : [];
  };
  return { ...usual, beside };
}

function variableGroup(owner: VariableOwner): Hdf5GroupInput {
  const variables = savedVariables(owner);
  checkRoom(variables.map(([, variable]) => variable));
  const children = variables.map(([key, variable]): [string, Hdf5DatasetInput] => {
    const { dtype, shape } = variable;
    const { lora } = owner;
    const value =
      lora?.weight === variable ? () => mergedValue(owner, lora) : () => valueForWriting(variable);
    const pieces = (room?: PieceRoom) =>
      lora?.weight === variable ? undefined : piecesForWriting(variable, room);
    return [key, { dtype, shape, data: value, pieces }];
  });
  return { children };
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
