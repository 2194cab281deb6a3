import { ConfigError, type Issue } from "../errors.ts";
import type { Reading } from "../fields/reading.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { aboutOf, setAbout } from "../json/marks.ts";
import { joinPath } from "../json/path.ts";
import { quote } from "../json/quote.ts";
import { isKerasModule, ofModule } from "./keras-module.ts";
import type { Registry } from "./registry.ts";

/** What is to be said before data that is carried along is written again. */
class Untold {
  readonly issues: Issue[] = [];
}

/** The keys of an envelope that are read here; all others are carried along. */
const READ = /^(?:module|class_name|config|registered_name|shared_object_id|name|inbound_nodes)$/;

/**
 * Looks for what an envelope carries along that is of modules which are not Keras's, and which Keras for Python may
 * import: how a model was compiled, keys that nobody knows. Who asked to be told of what is not known is told; else it is
 * remembered with the data, and its copies, until somebody writes it.
 */
export function noteCarried(envelope: JsonObject, { path, notice }: Where, registry: Registry): void {
  for (const key in envelope) {
    const whole = envelope[key];
    if (READ.test(key)) continue;
    eachForeign(whole, `${path}.${key}`, registry, (issue) => {
      if (notice) return notice(issue, null);
      const about = aboutOf(whole as JsonObject);
      const untold = about instanceof Untold ? about : new Untold();
      untold.issues.push(issue);
      setAbout(whole as JsonObject, untold);
    });
  }
}

/** Where an envelope is being read, and who is told of what is not known. */
type Where = Pick<Reading, "path" | "notice">;

/** Goes through a value of a file, whose depth its parser has limited. */
function eachForeign(
  value: JsonValue | undefined,
  path: string,
  registry: Registry,
  visit: (issue: Issue) => void,
): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) eachForeign(item, joinPath(path, i), registry, visit);
    return;
  }
  const name = foreignName(value, registry);
  if (name !== null) {
    const message = `expected what is of Keras, or known here, received ${quote(name)}${ofModule(value.module)}.`;
    visit({ path, message });
  }
  for (const key in value) eachForeign(value[key], joinPath(path, key), registry, visit);
}

/** What an envelope names of a module that is not Keras's; null where it does not. `__main__` is the program itself. */
function foreignName(dict: JsonObject, registry: Registry): string | null {
  const { class_name: className, module, registered_name: registered, config } = dict;
  if (typeof className !== "string" || typeof module !== "string" || module === "__main__") return null;
  const isFunction = className === "function";
  if (isKerasModule(module) || (isFunction && module === "builtins")) return null;
  const name = isFunction ? String(config) : className;
  return registry.custom(name) || registry.custom(String(registered)) ? null : name;
}

/** Refuses to write on what names modules of others, where nobody was told of it when it was read. */
export function checkTold(value: JsonValue | undefined): void {
  const about = typeof value === "object" && value !== null && aboutOf(value);
  if (!(about instanceof Untold)) return;
  throw new ConfigError(
    about.issues.map(({ path, message }) => ({
      path,
      message: `${message} Load it with onUnknown to write it on, or without: compile: false.`,
    })),
  );
}
