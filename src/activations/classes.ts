import { operationsOf } from "../ops/classes.ts";
import type { RevivableClass } from "../registry/registry.ts";
import * as functions from "./functions.ts";

/** The classes that stand for calls of activations in configs; most are those of ops. */
export function activationClasses(): RevivableClass[] {
  return operationsOf(functions);
}
