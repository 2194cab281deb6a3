import { isStackFull } from "../context.ts";
import { namedIn } from "../dialects/change.ts";
import { dialectIn, namesIn, noteOriginal } from "../dialects/notes.ts";
import { DEFAULT_DIALECT, type Dialect, isOlder } from "../dialects/version.ts";
import { configs, envelopes, graphs, older, type Walk } from "../dialects/walk.ts";
import { CeratopsError, ConfigError, type Issue, printableIssue } from "../errors.ts";
import type { ConfigurableClass } from "../fields/configurable.ts";
import { setGraphText, setReadNames } from "../fields/origin.ts";
import { currentReading, type Reading, type Resolver, readingPart, runReading } from "../fields/reading.ts";
import { copyJson, setEntry } from "../json/copy.ts";
import { inspect, isPlain } from "../json/inspect.ts";
import type { JsonObject } from "../json/json.ts";
import { copyMarks, isMarked, keysOf } from "../json/marks.ts";
import { joinPath } from "../json/path.ts";
import { quote } from "../json/quote.ts";
import { didYouMean } from "../json/suggest.ts";
import { checkReadOptions, type DeserializeOptions } from "./deserialize-options.ts";
import { finish } from "./finish.ts";
import { ofModule } from "./keras-module.ts";
import { knownClasses, meet } from "./known.ts";
import { type LiteralReader, readLiteral } from "./literals.ts";
import { provenance } from "./memory.ts";
import { nameIn, OpaqueObject } from "./opaque.ts";
import { type AnyFunction, isClass, Registry, type RevivableClass } from "./registry.ts";
import { settle } from "./settle.ts";
import { sniffDialect } from "./sniff.ts";
import { familyOf, lacksCode, looksLikeLayer, type OpaqueClass, OURS, opaqueModelFor } from "./unknown.ts";
import { markForeign, noteCarried } from "./untold.ts";

export type { DeserializeOptions };

/** Values that only Python can make: kept as they are. */
const PYTHONS = ["__lambda__", "__typespec__"];

/** One reading of one config. */
class Reader implements Resolver, LiteralReader {
  readonly #registry: Registry;
  readonly #shared = new Map<unknown, unknown>();
  readonly #lenient: boolean;
  readonly #help: (name: string, isCustom: boolean) => string;

  constructor(registry: Registry, lenient: boolean, isGiven: boolean) {
    this.#registry = registry;
    this.#lenient = lenient;
    this.#help = (name, isCustom) => {
      const guess = isGiven ? didYouMean(name, registry.names()) : "";
      if (guess !== "") return guess;
      if (lenient) return isCustom ? " Pass it in customObjects." : "";
      if (!isGiven && !isCustom) return " Pass { registry: builtins } to know the classes of Keras.";
      return isCustom
        ? " Pass it in customObjects, or onUnknown to keep it as it is."
        : " Pass onUnknown to keep it as it is, or a class of your own in customObjects.";
    };
  }

  functionNamed(name: string): AnyFunction | undefined {
    return this.#registry.function(name);
  }

  hasCustomClass(name: string): boolean {
    return this.#registry.customClass(name) !== undefined;
  }

  deserialize(json: unknown, wanted?: "layer"): unknown {
    if (typeof json !== "object" || json === null) return json;
    if (Array.isArray(json)) {
      const copy = json.map((item, i) => this.#member(i, item));
      copyMarks(json, copy);
      return copy;
    }
    if (Object.getPrototypeOf(json) !== Object.prototype) return json;
    const object = json as JsonObject;
    if (!Object.hasOwn(object, "class_name") || !Object.hasOwn(object, "config")) return this.#dict(object);
    const literal = this.#literal(object);
    if (literal !== undefined) return literal;
    if (object.class_name === "function") return this.#function(object);
    return this.#object(object, wanted);
  }

  expected(key: string, expected: string, received: unknown): never {
    const shown = received === undefined ? "nothing" : inspect(received);
    const place = joinPath(joinPath(currentReading()!.path, "config"), key);
    throw new ConfigError(place, `expected ${expected}, received ${shown}.`);
  }

  /** What an envelope with a name such as `__tensor__` holds; undefined for any other. */
  #literal(envelope: JsonObject): unknown {
    const { class_name: name, config } = envelope;
    if (typeof name !== "string" || !/^__.*__$/.test(name)) return undefined;
    if (typeof config !== "object" || config === null)
      return fail("config", `expected a dict, received ${inspect(config)}.`);
    const dict = config as JsonObject;
    if (name === "__keras_tensor__")
      return currentReading()!.graph?.tensorAt?.(dict.keras_history ?? null) ?? new OpaqueObject(envelope);
    return PYTHONS.includes(name) ? new OpaqueObject(envelope) : readLiteral(name, dict, this);
  }

  #member(key: string | number, value: unknown): unknown {
    return isJson(value) ? inMember(key, value, () => this.deserialize(value)) : value;
  }

  #dict(object: JsonObject): JsonObject {
    const copy: JsonObject = {};
    for (const key of keysOf(object)) {
      setEntry(copy, key, this.#member(key, object[key]) as never);
    }
    copyMarks(object, copy);
    return copy;
  }

  #function(envelope: JsonObject): unknown {
    const { config: name, registered_name: registered } = envelope;
    if (typeof name !== "string")
      return fail("config", `expected a function's name, received ${inspect(name)}.`);
    const remembered = provenance.classOf(envelope);
    const from = ofModule(envelope.module);
    const named = (key: string) => this.#registry.function(key, from === "");
    const fn =
      named(name) ??
      (typeof registered === "string" ? named(registered) : undefined) ??
      (typeof remembered === "function" && !isClass(remembered) ? remembered : undefined);
    if (!fn) {
      return this.#unknown(
        envelope,
        `unknown function ${quote(name)}${from}. Pass it in customObjects if it is yours${this.#lenient ? "" : ", or onUnknown to keep it as it is"}.`,
      );
    }
    if (typeof registered === "string") this.#checkFunctionName(name, registered);
    provenance.setClass(envelope, fn);
    return fn;
  }

  /** A function of Keras under another name is somebody's mistake, or a trick. */
  #checkFunctionName(name: string, registered: string): void {
    if (["", "function", name].includes(registered)) return;
    if (this.#registry.custom(name) || this.#registry.custom(registered)) return;
    if (!this.#registry.function(name)) return;
    fail(
      "registered_name",
      `expected "function", because ${quote(name)} resolved to a Keras built-in, received ${inspect(registered)}.`,
    );
  }

  #object(given: JsonObject, wanted: "layer" | undefined): unknown {
    const { shared_object_id: id } = given;
    const shared = id === undefined ? undefined : this.#shared.get(id);
    if (shared !== undefined) {
      if (isJson(shared) && isMarked(given)) provenance.add(shared, given);
      return shared;
    }
    const whole = currentReading()!;
    const envelope = envelopes.up(given, namedIn(given), whole.dialect);
    const cls = this.#find(envelope);
    if (!cls) {
      const name = String(envelope.class_name);
      return this.#unknown(
        envelope,
        `unknown ${familyOf(envelope)} ${quote(name)}.${this.#help(name, envelope.module === null)}`,
        wanted,
      );
    }
    provenance.setClass(envelope, cls);
    noteCarried(given, whole, this.#registry);
    const config = envelope.config ?? {};
    if (typeof config !== "object" || Array.isArray(config)) {
      return fail(
        "config",
        `expected the config of a ${String(envelope.class_name)}, received ${inspect(config)}.`,
      );
    }
    const object = readingPart(
      () => label(whole.path, envelope),
      () => revive(cls, config as never),
    );
    if (this.#lenient && lacksCode(object)) return this.#opaqueLayer(envelope, object.missingCode);
    if (typeof object === "object" && object !== null) {
      settle(object, whole.dialect);
      nameAsRead(object, cls, envelope);
      if (isMarked(given)) provenance.set(object, { envelope: given, dialect: whole.dialect });
      guarded(
        () => `building ${cls.className}`,
        () => finish(object, envelope),
      );
    }
    if (id !== undefined) this.#shared.set(id, object);
    return object;
  }

  #find(envelope: JsonObject): RevivableClass | undefined {
    const { module, class_name: className, registered_name: registered } = envelope;
    if (typeof className !== "string")
      return fail("class_name", `expected a class name, received ${inspect(className)}.`);
    const isRegistered = typeof registered === "string" && registered !== "";
    const name = registered === undefined ? className : isRegistered && registered;
    const custom = name && this.#registry.customClass(name);
    if (custom) return custom;
    const known = provenance.classOf(envelope);
    if (known && isClass(known)) return known;
    const builtin = this.#registry.builtin(module, className);
    if (builtin && isRegistered && registered !== className && registered !== builtin.registeredName) {
      return fail(
        "registered_name",
        `expected null, because ${quote(className)} resolved to a Keras built-in, received ${inspect(registered)}.`,
      );
    }
    return builtin ?? this.#registry.customClass(className);
  }

  /** What stands for an object whose class or function nobody knows, where that is no error. */
  #unknown(envelope: JsonObject, message: string, wanted?: "layer"): unknown {
    // One that was kept is written, and read again, without a word.
    if (provenance.classOf(envelope) === OpaqueObject) return new OpaqueObject(copyJson(envelope));
    const field = envelope.class_name === "function" ? "config" : "class_name";
    const { path, notice } = currentReading()!;
    const issue = { path: joinPath(path, field), message };
    if (!this.#lenient || !notice) throw new ConfigError([issue]);
    notice(issue, nameIn(envelope));
    const missing = wanted || looksLikeLayer(envelope) ? [nameIn(envelope)] : null;
    if (missing && envelope.config != null && !isPlain(envelope.config))
      fail("config", `expected a dict, received ${inspect(envelope.config)}.`);
    return (
      this.#opaqueModel(envelope) ??
      (missing && this.#opaqueLayer(envelope, missing)) ??
      new OpaqueObject(copyJson(envelope))
    );
  }

  /** What stands for a layer for which classes are missing: its own, or that of a layer inside. */
  #opaqueLayer(envelope: JsonObject, missing: readonly string[]): object | null {
    const Opaque = this.#registry.builtin(OURS, "OpaqueLayer") as OpaqueClass | undefined;
    return Opaque ? new Opaque({ envelope: copyJson(envelope), missing }) : null;
  }

  /** A model of a class of somebody's own whose config lists its layers, read from a copy; null for what is none. */
  #opaqueModel(envelope: JsonObject): object | null {
    const cls = this.#registry.builtin(OURS, opaqueModelFor(envelope.config) ?? "");
    if (!cls) return null;
    const { path, dialect } = currentReading()!;
    const make = () => {
      const model = revive(cls, copyJson(envelope).config as never) as object & { envelope: JsonObject };
      model.envelope = copyJson(envelope);
      finish(settle(model, dialect), envelope);
      return model;
    };
    try {
      return readingPart(() => label(path, envelope), make);
    } catch (error) {
      // Its class may mean something else by these keys.
      if (error instanceof ConfigError) return null;
      throw error;
    }
  }
}

/** Reads the JSON form of a value, as Keras's `deserialize_keras_object` does, from a closed set of classes. */
export function deserialize(json: unknown, options: DeserializeOptions = {}): unknown {
  checkReadOptions("deserialize", options);
  return deserializeOwned(isJson(json) ? copyJson(json) : json, options);
}

/** The same for a value that nobody else holds: its parts are kept, not copied. */
export function deserializeOwned(json: unknown, options: DeserializeOptions = {}): unknown {
  const reading = newReading(options, isJson(json) ? json : null);
  return runReading(reading, () => reading.resolver.deserialize(json));
}

/**
 * Runs `body`, the reading of a class's config, with these options. The config is the caller's, so `body` gets a copy,
 * unless it is part of one that is being read; and as the newest Keras would have written it.
 */
export function reading<T>(
  cls: ConfigurableClass,
  config: object,
  options: DeserializeOptions,
  body: (config: JsonObject) => T,
  kind: Walk = configs,
): T {
  const where = `${cls.className}.fromConfig`;
  checkReadOptions(where, options);
  if (!isPlain(config)) throw new ConfigError(where, `expected a config, received ${inspect(config)}.`);
  meet(cls);
  const outer = currentReading();
  const isPart = outer !== null && Object.keys(options).length === 0;
  const own = isPart && outer.isOwned ? (config as JsonObject) : copyJson(config as JsonObject);
  const read = (dialect: Dialect): T => {
    const newest = kind.up(own, cls, dialect);
    if (newest !== own) noteOriginal(newest, own, true);
    const object = settle(body(newest), dialect);
    if (kind === graphs && isOlder(dialect) && isJson(object)) setGraphText(object, own);
    const names = namesIn(own);
    if (names && isJson(object)) setReadNames(object, names);
    return object;
  };
  if (!isPart) {
    const whole = newReading(options, { class_name: cls.className, config: own }, cls);
    return runReading(whole, () => read(whole.dialect));
  }
  const dialect = dialectIn(own) ?? outer.dialect;
  if (dialect === outer.dialect) return read(dialect);
  return runReading({ ...outer, path: outer.path, dialect }, () => read(dialect));
}

/** Runs `body` as the reading of something with these options. */
export function withReading<T>(options: DeserializeOptions, body: () => T): T {
  return runReading(newReading(options, null), body);
}

function isJson(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null;
}

/** A reading of an envelope or any other value; where nobody says which Keras wrote it, its keys do. */
function newReading(options: DeserializeOptions, json: JsonObject | null, own?: ConfigurableClass): Reading {
  const { customObjects, onUnknown } = options;
  const given = options.registry ?? (own ? knownClasses() : new Registry());
  const registry = customObjects ? given.with(customObjects) : given;
  const find = (envelope: JsonObject) => {
    if (own && envelope === json) return own;
    const known = provenance.classOf(envelope);
    return known && isClass(known) ? known : registry.find(envelope);
  };
  const config = json?.config;
  const said =
    options.dialect ?? (isJson(config) ? (dialectIn(config) ?? (own && older.shown(config, own))) : null);
  const path = options.path ?? "config";
  const dialect = said ?? (json ? sniffDialect(json, find) : DEFAULT_DIALECT);
  if (json && !onUnknown) markForeign(json, registry);
  const tell: Reading["notice"] = onUnknown ?? null;
  const notice: Reading["notice"] = tell && ((issue, name) => tell(printableIssue(issue), name));
  return {
    path,
    isOwned: true,
    resolver: new Reader(registry, tell !== null, options.registry != null),
    dialect,
    notice,
  };
}

/** Runs `body` for one member of what is being read. */
export function inMember<T>(key: string | number, value: unknown, body: () => T): T {
  const whole = currentReading();
  if (!whole || typeof value !== "object" || value === null) return body();
  return readingPart(() => joinPath(whole.path, key), body);
}

/** Runs `body`, adding what is wrong in it to `issues` instead of throwing, so that a whole config is read once. */
export function gathering<T>(issues: Issue[], body: () => T): T | undefined {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const issue of error.issues) issues.push(issue);
    return undefined;
  }
}

/** Runs `body`, which may be anybody's code on anybody's config: what goes wrong in it says where. */
export function guarded<T>(what: () => string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if ((error instanceof CeratopsError && error.code !== "engine") || isStackFull(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(currentReading()!.path, `${what()} failed: ${reason}`, { cause: error });
  }
}

/** Remembers what the file calls a class of somebody's own, where the class here is called otherwise. */
function nameAsRead(object: object, cls: RevivableClass, envelope: JsonObject): void {
  const { module = null, class_name, registered_name } = envelope;
  if (cls.module !== null || typeof class_name !== "string" || typeof registered_name !== "string") return;
  if (module === null && class_name === cls.className && registered_name === cls.registeredName) return;
  setReadNames(object, { module, class_name, registered_name });
}

function revive(cls: RevivableClass, config: never): unknown {
  return guarded(
    () => `fromConfig of ${cls.className}`,
    () => cls.fromConfig(config),
  );
}

function fail(key: string, message: string): never {
  throw new ConfigError(joinPath(currentReading()!.path, key), message);
}

/** `config.layers[4]` → `config.layers[4] (Conv2D "conv2d_3")`. */
function label(path: string, envelope: JsonObject): string {
  const config = envelope.config;
  const name = config && typeof config === "object" && "name" in config ? config.name : undefined;
  return `${path} (${nameIn(envelope)}${typeof name === "string" ? ` ${quote(name)}` : ""})`;
}
