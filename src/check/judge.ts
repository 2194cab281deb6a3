import { architectureOf } from "../dialects/architectures.ts";
import { exposure } from "../dialects/exposure.ts";
import { namedToday } from "../dialects/older.ts";
import type { JsonObject } from "../json/json.ts";
import { quote } from "../json/quote.ts";
import { isKerasModule } from "../registry/keras-module.ts";
import type { Registry } from "../registry/registry.ts";
import type { Judgement } from "./findings.ts";
import { judgeLegacyFunctions } from "./judge-legacy.ts";
import { judgeName } from "./judge-name.ts";
import { judgeOpened } from "./judge-opened.ts";
import {
  isKnownClass,
  isKnownFunction,
  isMaker,
  isOfModels,
  isUnread,
  type KerasName,
  kerasName,
  onlyComputes,
} from "./keras-names.ts";
import { isSystemFunction, isSystemModule } from "./python-modules.ts";

/** What an envelope names, in words and by its parts. */
interface Named {
  readonly what: "class" | "function";
  readonly name: string;
  /** null where there is none. */
  readonly module: string | null;
}

/**
 * Judges what one dict of a config asks a reader to do: which class or function it names and where that is from, what it
 * makes Keras open, which code it holds. `known` has the classes and functions that nobody need be told of.
 */
export function judge(dict: JsonObject, known: Registry): readonly Judgement[] {
  const found = [...judgeLegacyFunctions(dict)];
  const { class_name: className, config } = dict;
  if (typeof className !== "string" || !("config" in dict || "module" in dict)) return found;
  if (className === "__lambda__") {
    found.push({ code: "python-code", message: "holds code of Python.", keras: exposure.code });
    return found;
  }
  const misnamed = judgeName(dict);
  if (misnamed) found.push({ ...misnamed, className });
  const module = typeof dict.module === "string" ? dict.module : null;
  const opened = module === null || isKerasModule(module) ? judgeOpened(className, config ?? null) : null;
  if (opened) found.push({ ...opened, module, className });
  const named = namedIn(dict, className, module);
  const own = named && judgeNamed(dict, named, known);
  // What a layer opens is worse than that nobody here has it.
  if (named && own && !(opened && own.code === "unknown-class"))
    found.push({ ...own, module: named.module, className: named.name });
  return found;
}

/** What an envelope names; null for one that stands for a plain value. */
function namedIn(dict: JsonObject, className: string, module: string | null): Named | null {
  if (className === "function")
    return typeof dict.config === "string" ? { what: "function", name: dict.config, module } : null;
  if (className === "__typespec__")
    return typeof dict.spec_name === "string" ? { what: "class", name: dict.spec_name, module } : null;
  return /^__\w+__$/.test(className) ? null : { what: "class", name: className, module };
}

function judgeNamed(dict: JsonObject, named: Named, known: Registry): Judgement | null {
  const { what, name, module } = named;
  if (what === "function" ? isOwnFunction(name, known) : known.customClass(registeredIn(dict) ?? name))
    return null;
  if (what === "function" && (module === null || module === "builtins"))
    return judgeBareFunction(named, known);
  if (module === null)
    return isKnownAnywhere(named, known) || architectureOf(dict) !== null ? null : unknown(named);
  if (isKerasModule(module)) return judgeKeras(dict, named, known);
  // Classes that Python runs from a text say that they are of builtins; Python's own that are named so do nothing.
  if (module === "builtins" && /^[A-Z]/.test(name)) return unknown(named);
  if (isSystemModule(module)) return system(named);
  if (what === "function") {
    const message = `names the function ${quote(name)} of the module ${quote(module)}: Keras writes no module of others with a function.`;
    return { code: "foreign-function", message, keras: exposure.module };
  }
  if (module === "__main__") return unknown(named);
  const isRegistered = /.>/.test(registeredIn(dict) ?? "");
  const message = `names the class ${quote(name)} of the module ${quote(module)}, which ${isRegistered ? "Keras may import" : "is not Keras's and not registered: Keras may import it"}.`;
  return { code: isRegistered ? "unknown-class" : "foreign-class", message, keras: exposure.module };
}

/** A function without a module, or with that which Keras writes with all of them. */
function judgeBareFunction(named: Named, known: Registry): Judgement | null {
  const { name } = named;
  if (known.function(name) || isKnownFunction(name)) return null;
  if (isSystemFunction(name)) return system({ ...named, module: "builtins" });
  return isMaker(name) ? gadget(named) : unknown(named);
}

function judgeKeras(dict: JsonObject, named: Named, known: Registry): Judgement | null {
  const { what, name, module } = named;
  const full: KerasName = kerasName(module ?? "", name);
  const looksLikeFunction = !/^[A-Z]/.test(full.name);
  if (what === "function") {
    if (!onlyComputes(full)) return gadget(named);
    return known.function(full.name) || isKnownFunction(full.name) ? null : unknown(named);
  }
  if (known.find(dict) || isOlderName(named, known)) return null;
  if (looksLikeFunction && onlyComputes(full)) return unknown(named);
  if (looksLikeFunction || !isOfModels(full)) return gadget(named);
  return isUnread(full) || isKnownClass(full.name) ? null : unknown(named);
}

function isOwnFunction(name: string, known: Registry): boolean {
  return known.custom(name) !== undefined;
}

function isKnownAnywhere(named: Named, known: Registry): boolean {
  const { name } = named;
  return known.builtin(null, name) !== undefined || isKnownClass(name) || isOlderName(named, known);
}

/** Whether Keras 2 had a class of Keras under this name; with a package in it the name is somebody's own. */
function isOlderName({ name, module }: Named, known: Registry): boolean {
  return !name.includes(">") && known.find(namedToday(name, module)) !== undefined;
}

function registeredIn({ registered_name: name }: JsonObject): string | null {
  return typeof name === "string" && name !== "" ? name : null;
}

function unknown({ what, name, module }: Named): Judgement {
  const from = module === null || module === "builtins" ? "" : ` of the module ${quote(module)}`;
  return {
    code: what === "function" ? "unknown-function" : "unknown-class",
    message: `names the ${what} ${quote(name)}${from}, which is not known here.`,
  };
}

function gadget({ what, name, module }: Named): Judgement {
  const message = `names the ${what} ${quote(name)}${module === null ? "" : ` of the module ${quote(module)}`}, which is nothing that a model is made of.`;
  return { code: "keras-gadget", message, keras: exposure.gadget };
}

function system({ what, name, module }: Named): Judgement {
  const message = `names the ${what} ${quote(name)} of the module ${quote(module ?? "")}, which is no part of any model.`;
  return { code: "system-module", message, keras: exposure.module };
}
