import { FileError } from "../errors.ts";
import { quote } from "../json/quote.ts";
import type { ByteSource, Siblings } from "./byte-source.ts";

export type { Siblings };

/** By which file a folder of them is opened: the first of these that is in it. */
export const mainNames = ["saved_model.pb", "model.json"] as const;

/**
 * Opens a file beside `source` whose name a stranger wrote; it never leads out of the folder. `at` is what errors call
 * the place where the name stands.
 */
export async function openBeside(
  source: Pick<ByteSource, "siblings">,
  name: string,
  at: string,
): Promise<ByteSource> {
  const problem = problemOf(name);
  if (problem) {
    throw new FileError(
      at,
      `expected the name of a file in the same folder, received ${problem}, ${quote(name, 100)}.`,
    );
  }
  if (!source.siblings) {
    throw new FileError(
      at,
      `expected the file ${quote(name, 100)} beside it, received one file alone. Give a path, an address, or a list of all files.`,
    );
  }
  try {
    return await source.siblings.open(name);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const named = error.issues.map(({ path, message }) => ({ path, message: `${message} ${at} names it.` }));
    throw new FileError(named, { cause: error });
  }
}

/** What is wrong with a name; undefined where nothing is. */
export function problemOf(name: string): string | undefined {
  const parts = name.split("/");
  if (name === "") return "an empty one";
  if (name.length > longestName) return `one of ${name.length} characters`;
  if (/[\p{Cc}\p{Cs}]/u.test(name)) return "one with control characters";
  if (name.startsWith("/")) return "an absolute one";
  // A scheme, a drive, or a stream of Windows.
  if (name.includes(":")) return "one with a colon";
  if (name.includes("\\")) return "one with a backslash";
  if (parts.includes("..")) return "one that leaves the folder";
  if (parts.includes("") || parts.includes(".")) return "one with an empty part";
  return undefined;
}

const longestName = 1024;
