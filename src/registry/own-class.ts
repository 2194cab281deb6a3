import { attachment } from "../json/attachment.ts";
import { readClass } from "./class-text.ts";

/** How objects of a class are made, as far as the classes say that stand between it and Keras's. */
export interface OwnClass {
  /** Whether its constructor may take what no field says. */
  readonly takesArguments: boolean;
  /** Whether it says its config itself. */
  readonly hasConfig: boolean;
  /** Whether its config is left to the fields though there may be more to say. */
  readonly leavesArguments: boolean;
  /** Whether something of it may be where nobody else can see it. */
  readonly hidesState: boolean;
}

const known = /* @__PURE__ */ attachment<OwnClass>();

/** What is known of a class; read once. Of Keras's there is nothing to say: their configs say all. */
export function ownClassOf(cls: object): OwnClass {
  let own = known.get(cls);
  if (!own) {
    own = read(cls as Class);
    known.set(cls, own);
  }
  return own;
}

export type Class = { readonly module?: unknown; readonly prototype: object };

const NOTHING: OwnClass = {
  takesArguments: false,
  hasConfig: false,
  leavesArguments: false,
  hidesState: false,
};

function read(cls: Class): OwnClass {
  if (cls === Function.prototype || isOfKeras(cls)) return NOTHING;
  const base = ownClassOf(Object.getPrototypeOf(cls));
  const own = readClass(cls);
  const takesArguments = base.takesArguments || own.takesArguments;
  const hasConfig = base.hasConfig || Object.hasOwn(cls.prototype, "getConfig");
  return {
    takesArguments,
    hasConfig,
    leavesArguments: takesArguments && !hasConfig,
    hidesState: base.hidesState || own.hidesState,
  };
}

/** Whether a class is one of Keras's, or a base of theirs: those list the properties that are only bookkeeping. */
export function isOfKeras(cls: Class): boolean {
  return /^(?:keras|ceratops)\b/.test(String(cls.module)) || Object.hasOwn(cls, "bookkeeping");
}
