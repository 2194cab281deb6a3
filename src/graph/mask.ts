import { attachment } from "../json/attachment.ts";
import type { Numeric } from "../program/emit.ts";

const masks = /* @__PURE__ */ attachment<Numeric>();

/** The mask a tensor carries: a bool tensor that says which steps count; null if all do. */
export function maskOf(tensor: unknown): Numeric | null {
  return typeof tensor === "object" && tensor !== null ? (masks.get(tensor) ?? null) : null;
}

/** Attaches a mask to a tensor. */
export function setMask(tensor: object, mask: Numeric): void {
  masks.set(tensor, mask);
}
