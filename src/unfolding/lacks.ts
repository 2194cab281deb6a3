import { hasFunction } from "../dialects/keras-2/operations-write.ts";
import { Lacks } from "../dialects/lacks.ts";
import { sayNewer } from "../dialects/say-newer.ts";
import { type Dialect, isOlder } from "../dialects/version.ts";
import { ConfigError } from "../errors.ts";
import { currentWriting, runWriting, withDialect } from "../fields/writing.ts";
import type { Operation } from "../graph/graph.ts";
import { Layer } from "../layers/layer.ts";
import { serializeObject } from "../registry/serialize.ts";

/** Whether a version of Keras does not have an operation, or a layer, or something that it was given. */
export function lacks(dialect: Dialect, operation: Operation): boolean {
  const found = new Lacks();
  try {
    const envelope = withDialect(dialect, () =>
      runWriting({ ...currentWriting(), lacks: found }, () => serializeObject(operation)),
    );
    if (!isOlder(dialect)) sayNewer(envelope, dialect, found);
    else if (!(operation instanceof Layer || hasFunction(envelope))) return true;
    return found.count > 0;
  } catch (error) {
    if (error instanceof ConfigError) return true;
    throw error;
  }
}
