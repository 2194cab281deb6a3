import { invariant } from "../errors.ts";
import type { Problems } from "../fields/problems.ts";
import { currentReading } from "../fields/reading.ts";
import { copyJson } from "../json/copy.ts";
import type { JsonObject } from "../json/json.ts";
import { quote } from "../json/quote.ts";
import { didYouMean } from "../json/suggest.ts";
import { Configurable } from "./configurable.ts";
import { ofModule } from "./keras-module.ts";
import { isWrittenPlainly, type MemberClass, withDefaults } from "./members.ts";
import { provenance } from "./memory.ts";
import { deserializePart } from "./object-field.ts";
import { OpaqueObject } from "./opaque.ts";
import { type AnyFunction, isClass, type RevivableClass } from "./registry.ts";
import { toSnakeCase } from "./snake-case.ts";

/** What the classes and functions of a family are called. */
export interface Names<M> {
  /** `regularizer`, as errors and the keys of plural fields have it: `kernel_regularizer`. */
  readonly kind: string;
  /** The module that exports the classes. Each is known by its own name and by that in snake case. */
  readonly classes?: Readonly<Record<string, MemberClass<M>>>;
  /** The functions by their names in configs; they come before classes of that name in snake case. */
  readonly functions?: Readonly<Record<string, AnyFunction>>;
  /** More names, each for one of the above. */
  readonly aliases?: Readonly<Record<string, string>>;
}

type Named<M> = MemberClass<M> | AnyFunction;

/** Finds what stands behind the names, classes and envelopes of one family. */
export class Lookup<M> {
  readonly #names: Names<M>;
  /** Made when first asked for, so that the families of a program cost nothing when it starts. */
  #table: ReadonlyMap<string, Named<M>> | undefined;

  constructor(names: Names<M>) {
    this.#names = names;
  }

  /** An object, a function or what stands for one without its code; the input itself where it names nothing. */
  find(input: unknown, problems: Problems): unknown {
    if (typeof input === "string") return this.#named(input, problems);
    if (isClass(input)) return new (input as MemberClass<M>)();
    const isMade = input instanceof Configurable || input instanceof OpaqueObject;
    if (typeof input !== "object" || input === null || isMade) return input;
    const envelope = input as JsonObject;
    return typeof envelope.class_name === "string"
      ? this.#read(envelope, envelope.class_name, problems)
      : input;
  }

  #named(name: string, problems: Problems): unknown {
    const own = this.#get(name);
    if (own) return isClass(own) ? withDefaults(own) : own;
    const scope = currentReading();
    const custom = scope?.resolver.functionNamed(name);
    if (custom) return custom;
    if (scope?.resolver.hasCustomClass(name) && this.#names.classes)
      return deserialize({ class_name: name, config: {} }, problems);
    const help = didYouMean(name, this.#all().keys());
    return problems.say(`unknown ${this.#names.kind} ${quote(name)}.${help}`);
  }

  #read(envelope: JsonObject, className: string, problems: Problems): unknown {
    if (className === "function") return this.#function(envelope) ?? deserialize(envelope, problems);
    const { module, registered_name: registered } = envelope;
    const isKeras = module == null || (typeof module === "string" && module.startsWith("keras."));
    const isPublic = !registered && isKeras;
    const builtin = isPublic ? this.#class(className) : undefined;
    if (builtin && isWrittenPlainly(envelope, builtin)) return withDefaults(builtin);
    return deserialize(envelope, problems, builtin);
  }

  /** A function of the family, unless the reader knows one of that name. */
  #function({ config: name, module }: JsonObject): AnyFunction | undefined {
    if (typeof name !== "string" || currentReading()?.resolver.functionNamed(name)) return undefined;
    if (ofModule(module) !== "") return undefined;
    const own = this.#get(name);
    return own && !isClass(own) ? own : undefined;
  }

  #class(name: string): MemberClass<M> | undefined {
    const own = this.#get(name);
    return own && isClass(own) ? own : undefined;
  }

  #get(name: string): Named<M> | undefined {
    return this.#all().get(name);
  }

  #all(): ReadonlyMap<string, Named<M>> {
    this.#table ??= tableOf(this.#names);
    return this.#table;
  }
}

function tableOf<M>({ classes = {}, functions = {}, aliases = {} }: Names<M>) {
  const list = Object.values(classes);
  const table = new Map<string, Named<M>>(list.map((cls) => [toSnakeCase(cls.className), cls]));
  for (const [name, fn] of Object.entries(functions)) table.set(name, fn);
  for (const cls of list) table.set(cls.className, cls);
  for (const [name, other] of Object.entries(aliases)) {
    const named = table.get(other);
    invariant(named, `${name} is another name of ${other}, which there is not`);
    table.set(name, named);
  }
  return table;
}

/** Reads an envelope in the scope there is, or without one. */
function deserialize(given: JsonObject, problems: Problems, builtin?: RevivableClass): unknown {
  const envelope = currentReading()?.isOwned ? given : copyJson(given);
  const known = provenance.classOf(given) ?? builtin;
  if (known) provenance.setClass(envelope, known);
  return deserializePart(envelope, problems);
}
