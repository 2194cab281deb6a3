import type { AnyFunction, RevivableClass } from "../../registry/registry.ts";

/** Some of what configs may name. */
export interface Part {
  readonly classes: readonly RevivableClass[];
  readonly functions?: Readonly<Record<string, AnyFunction>>;
  readonly aliases?: Readonly<Record<string, RevivableClass>>;
}
