import type { Operation } from "../graph/graph.ts";
import { drawsSeed } from "../initializers/seed.ts";
import { Layer } from "../layers/layer.ts";
import { heldBy, withSublayers } from "../layers/weights.ts";
import { listedVariables } from "../program/variable-owner.ts";
import { foldIn, type Key } from "../tensor/threefry.ts";

/**
 * Gives all that drew a seed of its own in a clone's layers one that follows from `seed`, another one each, in the order
 * of the layers. What the clone shares with others is left alone.
 */
export function seedClone(clone: Layer, seed: number, shared: Iterable<Operation>): void {
  const key: Key = [seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0];
  const before = new Set([...shared].flatMap((one) => (one instanceof Layer ? withSublayers(one) : [])));
  const seen = new Set<object>();
  for (const layer of withSublayers(clone)) {
    if (before.has(layer)) continue;
    const variables = listedVariables(layer);
    const makers = variables.flatMap(({ initializer }) =>
      initializer && drawsSeed(initializer) ? [initializer] : [],
    );
    for (const one of [...heldBy(layer, drawsSeed), ...makers]) {
      if (seen.has(one)) continue;
      one.startAt(foldIn(key, seen.size)[0]);
      seen.add(one);
    }
    // A value that was read while the clone was made is drawn once more.
    for (const variable of variables) {
      const { initializer, isMaterialized, version } = variable;
      if (isMaterialized && version === 0 && initializer && drawsSeed(initializer)) variable.reset();
    }
  }
}
