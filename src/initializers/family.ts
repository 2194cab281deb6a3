import type { Fields } from "../fields/field.ts";
import type { Kind } from "../fields/kinds.ts";
import type { Problems } from "../fields/problems.ts";
import { readScope, withPart } from "../fields/scope.ts";
import { attachment } from "../json/attachment.ts";
import { copyJson } from "../json/copy.ts";
import type { JsonObject } from "../json/json.ts";
import { didYouMean } from "../json/suggest.ts";
import { Configurable, type Constructor, copyObject } from "../registry/configurable.ts";
import { deserializeOwned, gathering } from "../registry/deserialize.ts";
import { toWire } from "../registry/literals.ts";
import { provenance } from "../registry/memory.ts";
import { OpaqueObject } from "../registry/opaque.ts";
import { type AnyFunction, isClass, type RevivableClass } from "../registry/registry.ts";
import { serialize } from "../registry/serialize.ts";

/** A class of a family that can be made without options. */
export type MemberClass<T> = RevivableClass & { new (): T };

/** A family of objects that configs name by a string or hold as an envelope: initializers, regularizers, constraints. */
export interface Family<T extends Configurable> {
  /** `initializer`; its module is `keras.initializers`. */
  readonly kind: string;
  /** What fields of the family expect, as errors say it. */
  readonly expected: string;
  readonly base: abstract new (...args: never[]) => T;
  /** The classes by the names that stand for them with their defaults: `glorot_uniform`. */
  readonly names: Readonly<Record<string, MemberClass<T>>>;
  /** A member that does what a function does. */
  readonly ofFunction: (fn: AnyFunction) => T;
  /** A member that stands for one whose code is missing. */
  readonly ofOpaque: (object: OpaqueObject) => T;
}

/** What stands for a member in options and configs, beside functions: a name, an instance, a class, an envelope. */
export type Identifier<T> = string | T | { new (): T } | Readonly<JsonObject> | OpaqueObject;

/** The kind of the fields that hold members of a family. */
export function memberOf<In, T extends Configurable>(family: Family<T>): Kind<In | Identifier<T>, T> {
  return {
    kind: family.kind,
    expected: family.expected,
    schema: { anyOf: [{ type: "string" }, { type: "object", required: ["class_name", "config"] }] },
    parse: (input, problems) => resolve(family, input, problems),
    toJson: serialize,
    copy,
  };
}

/** A member for a copy of its owner; one that stands for a function or for missing code is shared. */
function copy<T extends Configurable>(member: T): T {
  if (toWire in member || members.get(member.constructor) === member) return member;
  const made = copyObject(member);
  const from = provenance.get(member);
  if (from) provenance.set(made, from);
  return made;
}

/** The member that an identifier stands for; says what is wrong to `problems`. */
export function resolve<T extends Configurable>(family: Family<T>, input: unknown, problems: Problems): T {
  const before = problems.issues.length;
  const found = gathering(problems.issues, () => find(family, input, problems));
  if (problems.issues.length > before) return undefined as never;
  if (found instanceof family.base) return found;
  if (found instanceof OpaqueObject) return family.ofOpaque(found);
  if (typeof found === "function" && !isClass(found)) return family.ofFunction(found as AnyFunction);
  return problems.expected(family.expected, input);
}

function find<T extends Configurable>(family: Family<T>, input: unknown, problems: Problems): unknown {
  if (typeof input === "string") return named(family, input, problems);
  if (isClass(input)) return new (input as MemberClass<T>)();
  if (typeof input !== "object" || input === null || input instanceof family.base) return input;
  const { class_name: className, module, registered_name: registered } = input as Readonly<JsonObject>;
  if (typeof className !== "string") return input;
  const isPublic = !registered && (module == null || String(module).startsWith("keras."));
  const builtin = isPublic ? classNamed(family, className) : undefined;
  if (builtin && isEmpty(builtin.fields) && isWrittenPlainly(input, builtin)) return withoutFields(builtin);
  const envelope = readScope()?.isOwned ? input : copyJson(input as JsonObject);
  const known = provenance.classOf(input) ?? builtin;
  if (known) provenance.setClass(envelope, known);
  return read(envelope, problems);
}

const members = /* @__PURE__ */ attachment<unknown>();

/** The one member of a class without fields: there is nothing in it to tell two of them apart. */
function withoutFields<T extends Configurable>(cls: MemberClass<T>): T {
  let member = members.get(cls);
  if (!member) {
    member = new cls();
    members.set(cls, member);
  }
  return member as T;
}

/** Whether an envelope is what Keras writes of an object without options, so that it need not be remembered. */
function isWrittenPlainly(envelope: object, cls: RevivableClass): boolean {
  const { module, class_name: name, config, registered_name: registered } = envelope as Readonly<JsonObject>;
  if (module !== cls.module || name !== cls.className || registered !== null) return false;
  const isWithout = typeof config === "object" && config !== null && isEmpty(config);
  return isWithout && Object.keys(envelope).join() === "module,class_name,config,registered_name";
}

function isEmpty(record: object): boolean {
  for (const _ in record) return false;
  return true;
}

function named<T extends Configurable>(family: Family<T>, name: string, problems: Problems): unknown {
  const Builtin = classNamed(family, name);
  if (Builtin) return isEmpty(Builtin.fields) ? withoutFields(Builtin) : new Builtin();
  const scope = readScope();
  const custom =
    scope?.resolver.functionNamed(name) ??
    (scope && gathering([], () => read({ class_name: name, config: {} }, problems)));
  if (custom) return custom;
  return problems.say(
    `unknown ${family.kind} ${JSON.stringify(name)}.${didYouMean(name, Object.keys(family.names))}`,
  );
}

function read(envelope: object, problems: Problems): unknown {
  const scope = readScope();
  if (!scope) return deserializeOwned(envelope, { path: problems.path });
  return withPart(
    () => problems.path,
    () => scope.resolver.deserialize(envelope),
  );
}

const classes = /* @__PURE__ */ attachment<ReadonlyMap<string, unknown>>();

/** The class of a family by one of its names or by its own. */
function classNamed<T extends Configurable>({ names }: Family<T>, name: string): MemberClass<T> | undefined {
  let known = classes.get(names);
  if (!known) {
    const own = Object.values(names).map((cls) => [cls.className, cls] as const);
    known = new Map<string, unknown>([...own.reverse(), ...Object.entries(names)]);
    classes.set(names, known);
  }
  return known.get(name) as MemberClass<T> | undefined;
}

/** How a class is known in configs. */
export interface ClassSettings {
  /** The package of a custom class: it is registered as `package>name`. */
  readonly package?: string;
  /** The module of a class of Keras. */
  readonly module?: string;
}

/** A base class with a name and fields, for the class that defines what it does. */
export function classOf<const F extends Fields, Base extends Configurable>(
  base: abstract new (...args: never[]) => Base,
  className: string,
  fields: F,
  settings: ClassSettings,
): Constructor<F, Base> {
  const registered = settings.package === undefined ? className : `${settings.package}>${className}`;
  class Defined extends (base as unknown as typeof Plain) {
    static override readonly className: string = className;
    static override readonly module = settings.module ?? null;
    static override readonly registeredName = settings.module ? null : registered;
    static override readonly fields: Fields = fields;
  }
  return Defined as unknown as Constructor<F, Base>;
}

declare class Plain extends Configurable {}

/** A class under another name that configs may have for it. */
export function alias(className: string, cls: RevivableClass): RevivableClass {
  const { module, registeredName, fields } = cls;
  return { className, module, registeredName, fields, fromConfig: (config) => cls.fromConfig(config) };
}
