import type { Operation } from "../graph/graph.ts";
import type { KeepsState } from "../program/kept-state.ts";

/** The name of an operation's class; of a layer without code here, that in its config. */
export function classNameOf(operation: Operation): string {
  return (operation as Partial<KeepsState>).keptClassName ?? operation.constructor.className;
}

/** Whether this program has the code of an operation's class. */
export function isKnown(operation: Operation): boolean {
  return (operation as Partial<KeepsState>).keptClassName === undefined;
}
