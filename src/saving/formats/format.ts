import { invariant } from "../../errors.ts";
import type { ByteSource } from "../byte-source.ts";
import { type FileKind, kindOf } from "../file-kind.ts";
import { interruptible } from "../interruptible.ts";

/** How files of a format are known. */
export interface Format {
  /** How their paths end. */
  readonly extensions: readonly [string, ...string[]];
  /** What they are on the outside; null where first bytes do not tell. */
  readonly kind: FileKind | null;
}

/** What can be done with files of a format, such as reading a model. */
export interface Ability<F> {
  readonly format: Format;
  readonly run: F;
}

/**
 * What is right for a file, by its first bytes. Where they tell none it is the first, the usual one, which says what the
 * file is instead. A signal ends the reading of them.
 */
export async function abilityFor<F>(
  abilities: readonly Ability<F>[],
  source: ByteSource,
  signal?: AbortSignal | null,
): Promise<F> {
  return (await findAbility(abilities, source, signal)).run;
}

/** The same with its format. */
export async function findAbility<F>(
  abilities: readonly Ability<F>[],
  source: ByteSource,
  signal?: AbortSignal | null,
): Promise<Ability<F>> {
  const [usual] = abilities;
  invariant(usual, "a table of formats is empty");
  if (abilities.length === 1) return usual;
  const kind = await interruptible(source, signal, kindOf);
  return abilities.find(({ format }) => format.kind === kind) ?? usual;
}

/** Whether a path ends as those of a format do. */
export function hasExtension(path: string, { extensions }: Format): boolean {
  return extensions.some((extension) => path.endsWith(extension));
}

/** What a path's ending asks for. */
export function abilityAt<F>(abilities: readonly Ability<F>[], path: string): F | undefined {
  return abilities.find(({ format }) => hasExtension(path, format))?.run;
}

/** How paths end with which that can be done, as messages say it: `.keras or .weights.h5`. */
export function extensionsOf(abilities: readonly Ability<unknown>[]): string {
  return abilities.flatMap(({ format }) => format.extensions).join(" or ");
}
