import type { JsonObject } from "../../json/json.ts";
import { type Dialect, hasIdsInTexts } from "../version.ts";
import { numberShared } from "./shared-ids.ts";

/** What each object is known by until the graph that is being written is whole; null where its text has no ids. */
let current: Map<object, string> | null = null;

/** What an object is known by in the graph that is being written; null where that has no ids. */
export function identityOf(object: object): string | null {
  if (!current) return null;
  const known = current.get(object) ?? `object ${current.size}`;
  current.set(object, known);
  return known;
}

/** A graph with ids of what is shared, where texts of the dialect have them: the outermost one counts for all inside. */
export function numbered(
  dialect: Dialect,
  write: () => JsonObject,
  isCopied: () => boolean | null,
): JsonObject {
  if (current || !hasIdsInTexts(dialect)) return write();
  const identities = new Map<object, string>();
  current = identities;
  let graph: JsonObject;
  try {
    graph = write();
  } finally {
    current = null;
  }
  if (identities.size > 0) numberShared(graph, isCopied());
  return graph;
}
