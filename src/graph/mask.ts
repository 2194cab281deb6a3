import { attachment } from "../json/attachment.ts";
import type { Numeric } from "../program/emit.ts";

const masks = /* @__PURE__ */ attachment<Numeric | null>();

/** The mask a tensor carries: a bool tensor that says which steps count; null if all do. */
export function maskOf(tensor: unknown): Numeric | null {
  return typeof tensor === "object" && tensor !== null ? (masks.get(tensor) ?? null) : null;
}

/** Attaches a mask to a tensor; null takes it away. */
export function setMask(tensor: object, mask: Numeric | null): void {
  masks.set(tensor, mask);
}
