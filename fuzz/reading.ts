import { ConfigError } from "../src/errors.ts";
import { builtins, type Issue, type Registry } from "../src/index.ts";
import { goldenObjects } from "../test/golden-custom.ts";
import { faultOf } from "./judge.ts";
import { Wrong } from "./reader.ts";

/** How something is read: what it may name, and whether what is not known is kept. */
export interface Reading {
  readonly registry: Registry;
  readonly onUnknown?: (issue: Issue) => void;
}

/** All of Keras, and classes of somebody's own. */
const registry = builtins.with(goldenObjects);

/** Reads with `body`; what it is told of what is not known is judged as errors are. */
export async function withReading<T>(
  isLenient: boolean,
  body: (reading: Reading) => T | Promise<T>,
): Promise<T> {
  const issues: Issue[] = [];
  const keep = isLenient ? { onUnknown: (issue: Issue) => void issues.push(issue) } : {};
  const result = await body({ registry, ...keep });
  for (const issue of issues) {
    const fault = faultOf(new ConfigError([issue]));
    if (fault) throw new Wrong(`of what is kept, ${fault.text}`);
  }
  return result;
}
