import type { RevivableClass } from "../registry/registry.ts";
import * as ops from "./index.ts";

/** The classes that stand for calls of ops in configs. */
export const opClasses: readonly RevivableClass[] = /* @__PURE__ */ collect();

function collect(): RevivableClass[] {
  const found = new Set<RevivableClass>();
  for (const op of [...Object.values(ops), ...Object.values(ops.image)] as unknown[]) {
    if (typeof op === "function" && "Operation" in op) found.add(op.Operation as RevivableClass);
  }
  return [...found];
}
