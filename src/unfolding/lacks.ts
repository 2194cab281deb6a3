import { hasFunction } from "../dialects/keras-2/operations-write.ts";
import { newerIn } from "../dialects/refuse-newer.ts";
import { type Dialect, isOlder } from "../dialects/version.ts";
import { ConfigError } from "../errors.ts";
import { withDialect } from "../fields/writing.ts";
import type { Operation } from "../graph/graph.ts";
import { Layer } from "../layers/layer.ts";
import { serializeObject } from "../registry/serialize.ts";

/** Whether a version of Keras does not have an operation, or a layer, or something that it was given. */
export function lacks(dialect: Dialect, operation: Operation): boolean {
  try {
    const envelope = withDialect(dialect, () => serializeObject(operation));
    if (!isOlder(dialect)) return newerIn(envelope, dialect).length > 0;
    return !(operation instanceof Layer || hasFunction(envelope));
  } catch (error) {
    if (error instanceof ConfigError) return true;
    throw error;
  }
}
