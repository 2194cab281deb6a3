import { ConfigError, type Issue } from "../errors.ts";
import type { Reading } from "../fields/reading.ts";
import { eachDict } from "../json/each-dict.ts";
import type { JsonArray, JsonObject, JsonValue } from "../json/json.ts";
import { aboutOf, setAbout } from "../json/marks.ts";
import { quote } from "../json/quote.ts";
import { isFunctionModule, isKerasModule } from "./keras-module.ts";
import type { Registry } from "./registry.ts";
import { aboutIssue } from "./unknown.ts";

/** What is to be said before data that is carried along is written again. */
class Untold {
  readonly issues: Issue[] = [];
}

/** The keys of an envelope that are read here; all others are carried along. */
const read: ReadonlySet<string> = new Set([
  "module",
  "class_name",
  "config",
  "registered_name",
  "shared_object_id",
  "name",
  "inbound_nodes",
]);

/**
 * Looks for what an envelope carries along that is of modules which are not Keras's, and which Keras for Python may
 * import: how a model was compiled, keys that nobody knows. Who asked to be told of what is not known is told; else it is
 * remembered with the data, and its copies, until somebody writes it.
 */
export function noteCarried(envelope: JsonObject, { path, notice }: Where, registry: Registry): void {
  for (const key in envelope) {
    const value = envelope[key];
    if (read.has(key) || typeof value !== "object" || value === null) continue;
    eachDict(value, key, (dict, place) => {
      const name = foreignName(dict, registry);
      if (name === null) return;
      const message = `expected what is of Keras, or known here, received ${quote(name)} of the module ${quote(String(dict.module))}, which Keras for Python may import.`;
      const issue = { path: `${path}.${place()}`, message };
      if (!notice) return remember(value, issue);
      aboutIssue.set(issue, { name, isKept: true });
      notice(issue);
    });
  }
}

/** Where an envelope is being read, and who is told of what is not known. */
type Where = Pick<Reading, "path" | "notice">;

function remember(value: JsonArray | JsonObject, issue: Issue): void {
  const about = aboutOf(value);
  const untold = about instanceof Untold ? about : new Untold();
  untold.issues.push(issue);
  setAbout(value, untold);
}

/** What an envelope names of a module that is not Keras's; null where it does not. `__main__` is the program itself. */
function foreignName(dict: JsonObject, registry: Registry): string | null {
  const { class_name: className, module, registered_name: registered } = dict;
  if (typeof className !== "string" || typeof module !== "string" || module === "__main__") return null;
  const isFunction = className === "function";
  if (isFunction ? isFunctionModule(module) : isKerasModule(module)) return null;
  const name = isFunction && typeof dict.config === "string" ? dict.config : className;
  const isOwn = registry.custom(typeof registered === "string" && !isFunction ? registered : name);
  return isOwn || registry.custom(name) ? null : name;
}

/** Refuses to write on what names modules of others, where nobody was told of it when it was read. */
export function checkTold(value: JsonValue | undefined): void {
  if (typeof value !== "object" || value === null) return;
  const about = aboutOf(value);
  if (!(about instanceof Untold)) return;
  throw new ConfigError(about.issues.map(({ path, message }) => ({ path, message: `${message} ${help}` })));
}

const help =
  "To write it on, load the model with onUnknown, or with customObjects that have it; compile: false leaves out how it was compiled.";
