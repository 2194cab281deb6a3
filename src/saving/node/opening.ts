import { existsSync } from "node:fs";
import { FileError } from "../../errors.ts";
import { inspect } from "../../json/inspect.ts";
import type { Holding } from "../../models/held-open.ts";
import type { PlatformSignal } from "../../platform.ts";
import { isWebAddress } from "../address.ts";
import type { ByteSource } from "../byte-source.ts";
import { foreignError } from "../formats/foreign.ts";
import { type Ability, abilityAt, extensionsOf, findAbility } from "../formats/format.ts";
import { mainInput, type NodeInput, type OpenInput, openInput, pathOf } from "./input.ts";

/** Closes a file once no weight can be read from it any more. */
const unused = new FinalizationRegistry<() => void>((close) => close());

/** Opens what can be read so by its name, where it has one, and reads it as its bytes say. */
export async function readInput<F, T>(
  readers: readonly Ability<F>[],
  input: NodeInput,
  signal: PlatformSignal | null | undefined,
  use: (ability: Ability<F>, open: OpenInput) => Promise<T>,
): Promise<T> {
  const main = mainInput(input);
  await expectReadable(readers, main);
  const open = await openInput(main, signal);
  try {
    const result = await use(await findAbility(readers, open.source), open);
    unused.register(open.source, open.close);
    return result;
  } catch (error) {
    open.close();
    throw error;
  }
}

/** A file that weights are read from, until nothing has its source any more. */
export function holdingOf(source: ByteSource, close: () => void): Holding {
  const known = new WeakRef(source);
  return { close, isOfWeights: true, isUnused: () => known.deref() === undefined };
}

/** Complains about a path that does not end as those of such files do: of what a file is instead, where that is known. */
export async function expectReadable<F>(readers: readonly Ability<F>[], input: unknown): Promise<void> {
  const path = pathOf(input);
  if (path !== null && !abilityAt(readers, path) && existsSync(path)) {
    const { source, close } = await openInput(path);
    const foreign = await foreignError(source, path, `a ${extensionsOf(readers)} file`).finally(close);
    if (foreign) throw foreign;
  }
  const isNamed = path !== null || input === null || typeof input !== "object";
  const isOnWeb = typeof input === "string" && isWebAddress(input);
  if (isNamed && !isOnWeb) expectExtension(readers, path ?? input, false);
}

/** What a path's ending asks for. */
export function expectExtension<F>(abilities: readonly Ability<F>[], path: unknown, isOutput: boolean): F {
  const found = typeof path === "string" ? abilityAt(abilities, path) : undefined;
  if (found) return found;
  const expected = extensionsOf(abilities);
  const [usual = ""] = abilities.map(({ format }) => format.extensions[0]);
  const isMisnamed = typeof path === "string" && path !== "" && (isOutput || !/\.\w+$/.test(path));
  const help = isMisnamed ? ` Did you mean ${inspect(renamed(path, usual))}?` : "";
  throw new FileError("path", `expected a path that ends in ${expected}, received ${inspect(path)}.${help}`);
}

/** A path with another ending. */
function renamed(path: string, extension: string): string {
  return path.replace(/(?:\.weights)?\.\w{1,8}$|$/, extension);
}
