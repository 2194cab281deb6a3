import { currentReading } from "../fields/reading.ts";
import { SHARED_ID } from "../fields/writing.ts";
import { attachment } from "../json/attachment.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { Configurable, copyObject } from "./configurable.ts";
import { toWire, type Wired } from "./literals.ts";
import { provenance } from "./memory.ts";
import { nameIn, OpaqueObject } from "./opaque.ts";
import { type AnyFunction, isClass, type RevivableClass } from "./registry.ts";
import { serialize } from "./serialize.ts";

/** What was asked for, and by which name where by one. */
export interface Asked {
  /** `regularizer`. */
  readonly kind: string;
  readonly name: string | undefined;
}

/** What the members of a family are. */
export interface Members<M> {
  /** The member that something found stands for: a member, a function, an object without its code; else undefined. */
  from(found: unknown, asked: Asked): M | undefined;
  toJson(member: M): JsonValue;
  /** The member for a copy of its owner. */
  copy(member: M): M;
}

/** A class of a family that can be made without options. */
export type MemberClass<M> = RevivableClass & { new (): M };

/**
 * Members that are objects of a base class. A function becomes what `ofFunction` makes of it and the name that it was
 * asked for by, where nothing does one whose `method` it is; an object without its code becomes one whose `method` says
 * so. The last two are written as what they stand for.
 */
export function objectsOf<M extends Configurable>(
  base: abstract new (...args: never[]) => M,
  method: keyof M & string,
  ofFunction?: (fn: AnyFunction, name: string) => M,
): Members<M> {
  class StandIn extends (base as unknown as typeof Plain) implements Wired {
    readonly #write: () => JsonValue;
    readonly #missing: readonly string[];

    constructor(run: AnyFunction, write: () => JsonValue, missing: readonly string[]) {
      super();
      Object.defineProperty(this, method, { value: run });
      this.#write = write;
      this.#missing = missing;
    }

    /** The class that this program has no code for. */
    get missingCode(): readonly string[] {
      return this.#missing;
    }

    [toWire](): JsonValue {
      return this.#write();
    }
  }
  const standIn = (run: AnyFunction, write: () => JsonValue, missing: readonly string[] = []) =>
    new StandIn(run, write, missing) as unknown as M;
  return {
    from(found, { kind, name }) {
      if (found instanceof base) return found;
      if (found instanceof OpaqueObject) {
        const unusable = () => {
          throw found.unusable(kind);
        };
        return standIn(unusable, () => found[toWire](), [nameIn(found.envelope)]);
      }
      if (typeof found !== "function" || isClass(found)) return undefined;
      const fn = found as AnyFunction;
      return ofFunction ? ofFunction(fn, name ?? fn.name) : standIn(fn, () => serialize(fn));
    },
    toJson: write,
    copy,
  };
}

declare class Plain extends Configurable {}

/** The only one of its class stands for one of each owner, as Keras has it. */
function write(member: Configurable): JsonValue {
  const written = serialize(member) as JsonObject;
  if (isOnly(member)) delete written[SHARED_ID];
  return written;
}

/** One that stands for something else, or is the only one of its class, is shared. */
function copy<M extends Configurable>(member: M): M {
  if (toWire in member || isOnly(member)) return member;
  const made = copyObject(member);
  const from = provenance.get(member);
  if (from) provenance.set(made, from);
  return made;
}

const only = /* @__PURE__ */ attachment<unknown>();

function isOnly(member: Configurable): boolean {
  return only.get(member.constructor) === member;
}

/**
 * A member with the defaults of its class. There is one of a class without fields: nothing in it tells two apart, as
 * long as such a class keeps no state.
 */
export function withDefaults<M>(cls: MemberClass<M>): M {
  if (!isEmpty(cls.fields)) return new cls();
  let member = only.get(cls);
  if (!member) {
    member = new cls();
    only.set(cls, member);
  }
  return member as M;
}

/**
 * Whether an envelope is what Keras writes of an object without options, so that it need not be remembered: all of
 * Keras 3's, or the class and its config alone, as Keras 1 and 2 did.
 */
export function isWrittenPlainly(envelope: JsonObject, cls: RevivableClass): boolean {
  const { module, class_name: name, config, registered_name: registered } = envelope;
  if (name !== cls.className || !isEmpty(cls.fields)) return false;
  if (typeof config !== "object" || config === null || !isEmpty(config)) return false;
  const keys = Object.keys(envelope).join();
  if (keys === "class_name,config") return currentReading()?.resolver.hasCustomClass(name) === false;
  return keys === "module,class_name,config,registered_name" && module === cls.module && registered === null;
}

function isEmpty(record: object): boolean {
  for (const _ in record) return false;
  return true;
}
