import { type AnyFunction, aliasesOf, classesOf, type RevivableClass } from "../../registry/registry.ts";

/** Some of what configs may name. */
export interface Part {
  readonly classes: readonly RevivableClass[];
  readonly functions?: Readonly<Record<string, AnyFunction>>;
  readonly aliases?: Readonly<Record<string, RevivableClass>>;
}

/** The layers that a module exports. */
export function layersOf(module: object): Part {
  return { classes: classesOf(module), aliases: aliasesOf(module) };
}
