import type { Layer } from "../layers/layer.ts";

/** A `cloneFunction` that sets every seed in a layer's config, those of its initializers too. */
export function seeded(seed: number): (layer: Layer) => Layer {
  return (layer) => {
    const config = layer.getConfig();
    const pending: unknown[] = [config];
    while (pending.length > 0) {
      const value = pending.pop();
      if (typeof value !== "object" || value === null) continue;
      for (const item of Object.values(value)) pending.push(item);
      if ("seed" in value && (value.seed === null || typeof value.seed === "number")) value.seed = seed;
    }
    return layer.constructor.fromConfig(config);
  };
}
