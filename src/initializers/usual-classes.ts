import { alias } from "../registry/class-of.ts";
import type { RevivableClass } from "../registry/registry.ts";
import * as named from "./classes.ts";

/** The initializers with names, for a registry; some have two, because Keras renamed them. */
export const usualClasses: readonly RevivableClass[] = /* @__PURE__ */ all();

function all(): RevivableClass[] {
  const { IdentityInitializer, OrthogonalInitializer } = named;
  return [
    ...Object.values(named),
    alias("IdentityInitializer", IdentityInitializer),
    alias("OrthogonalInitializer", OrthogonalInitializer),
  ];
}
