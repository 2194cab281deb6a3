import { attachment } from "../json/attachment.ts";
import type { JsonObject } from "../json/json.ts";
import type { Model } from "../models/model.ts";
import type { KeptAttribute } from "../program/kept-state.ts";
import type { Variable } from "../program/variable.ts";
import type { VariableOwner } from "../program/variable-owner.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Member } from "./archive.ts";
import { StoredTensor } from "./stored-tensor.ts";

/** What a model's file says beside the model, so that it can be written back. */
export interface FileOrigin {
  readonly metadata: JsonObject;
  /** Files of the archive that belong to layers, such as vocabularies. */
  readonly assets: readonly Member[];
}

interface GroupOrigin {
  /** The layer's name when its group was read. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, KeptAttribute>;
}

const files = new WeakMap<Model, FileOrigin>();
const groups = /* @__PURE__ */ attachment<GroupOrigin>();

/** Where a model came from; undefined for one made here. */
export function originOf(model: Model): FileOrigin | undefined {
  return files.get(model);
}

export function rememberOrigin(model: Model, origin: FileOrigin): void {
  files.set(model, origin);
}

/** The attributes of an owner's group. Names of layers without one in their config differ from program to program. */
export function attributesOf(owner: VariableOwner): ReadonlyMap<string, KeptAttribute> {
  const origin = groups.get(owner);
  return origin?.name === owner.name ? origin.attributes : new Map([["name", owner.name]]);
}

export function rememberAttributes(
  owner: VariableOwner,
  attributes: ReadonlyMap<string, KeptAttribute>,
): void {
  groups.set(owner, { name: owner.name, attributes });
}

/** A variable's value for writing; one that is still in a file is read and let go again. */
export function valueForWriting(variable: Variable): Tensor | Promise<Tensor> {
  const { source } = variable;
  if (source instanceof StoredTensor) return source.read();
  return variable.isMaterialized ? variable.value : variable.load();
}
