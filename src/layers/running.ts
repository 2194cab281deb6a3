/** Layers whose methods run, by the method: what these call of themselves was looked at already. */
const layers = { build: /* @__PURE__ */ new Set<object>(), call: /* @__PURE__ */ new Set<object>() };

/** Whether a method of a layer runs that was called the usual way. */
export function isRunning(layer: object, method: keyof typeof layers): boolean {
  return layers[method].has(layer);
}

/** Runs a method of a layer. */
export function running<T>(layer: object, method: keyof typeof layers, body: () => T): T {
  const those = layers[method];
  if (those.has(layer)) return body();
  those.add(layer);
  try {
    return body();
  } finally {
    those.delete(layer);
  }
}
