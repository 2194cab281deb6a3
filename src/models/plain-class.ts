import type { JsonObject } from "../json/json.ts";
import type { Layer } from "../layers/layer.ts";
import type { Model } from "./model.ts";
import type { FunctionalOptions, FunctionalParts } from "./model-parts.ts";

/** How a model whose calls are known says what makes a plain one of other calls: Functional. */
export const graphClass: unique symbol = Symbol("ceratops.graphClass");
/** How a stack of layers says what makes one of other layers: Sequential, where its own class makes its layers itself. */
export const stackClass: unique symbol = Symbol("ceratops.stackClass");

export type GraphModel = Model & FunctionalParts & { readonly [graphClass]: GraphClass };
export type GraphClass = (new (
  options: FunctionalOptions,
) => GraphModel) & {
  readonly prototype: { getConfig(): JsonObject };
};

export type StackModel = Model & { readonly stack: readonly Layer[]; readonly [stackClass]: StackClass };
export type StackClass = new (layers: readonly Layer[], options: { readonly name: string }) => StackModel;

export function isGraphModel(model: object): model is GraphModel {
  return graphClass in model;
}

export function isStackModel(model: object): model is StackModel {
  return stackClass in model;
}
