import type { RevivableClass } from "../registry/registry.ts";
import * as aliases from "./class-aliases.ts";
import * as ops from "./index.ts";

/** The classes that stand for calls of ops in configs. */
export function opClasses(): RevivableClass[] {
  return operationsOf(ops, ops.image, aliases);
}

/** The classes of the ops that modules export. */
export function operationsOf(...modules: readonly object[]): RevivableClass[] {
  const found = new Set<RevivableClass>();
  for (const op of modules.flatMap((module): unknown[] => Object.values(module))) {
    if (typeof op === "function" && "Operation" in op) found.add(op.Operation as RevivableClass);
  }
  return [...found];
}
