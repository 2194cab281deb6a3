import { nameOf } from "../dialects/change.ts";
import type { ConfigurableClass } from "../fields/configurable.ts";
import { type AnyFunction, Registry, type RevivableClass } from "./registry.ts";

/** The classes of Keras that the program has made objects of, and a registry of them once one was asked for. */
const known = {
  met: new Set<ConfigurableClass>(),
  classes: new Map<string, ConfigurableClass>(),
  registry: null as Registry | null,
  /** Functions of older versions, once their files are read: what such a file named is known again. */
  functions: {} as Readonly<Record<string, AnyFunction>>,
};

/** Says that the program has functions that only older versions of Keras had, by the names they are read with. */
export function meetFunctions(functions: Readonly<Record<string, AnyFunction>>): void {
  if (known.functions === functions) return;
  known.functions = functions;
  known.registry = null;
}

/** Says that the program has a class: from its first object on, `fromConfig` knows it by its name. */
export function meet(cls: ConfigurableClass): void {
  if (cls.module === null || known.met.has(cls)) return;
  known.met.add(cls);
  const name = nameOf(cls);
  const other = known.classes.get(name);
  if (!isOfKeras(cls) || (other && !Object.prototype.isPrototypeOf.call(cls, other))) return;
  known.classes.set(name, cls);
  known.registry = null;
}

/** A registry of what the program has, for configs that are read without one. */
export function knownClasses(): Registry {
  known.registry ??= new Registry(known.classes.values() as Iterable<RevivableClass>, known.functions);
  return known.registry;
}

/** Whether a class has its name and its module from one place, and not one's own name in a module of Keras. */
function isOfKeras(cls: ConfigurableClass): boolean {
  let base: object = cls;
  while (!Object.hasOwn(base, "className")) base = Object.getPrototypeOf(base);
  return Object.hasOwn(base, "module");
}
