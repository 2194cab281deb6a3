import { existsSync, readdirSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import { quote } from "../../json/quote.ts";
import { mainNames } from "../siblings.ts";

/** The file that a path stands for: of a folder the main file in it, of the beginning of names that of `<path>.index`. */
export function mainFileAt(path: string): string {
  const status = statusOf(path);
  if (!status && path !== "" && existsSync(`${path}.index`)) return `${path}.index`;
  if (!status?.isDirectory()) return path;
  const main = mainNames.find((name) => existsSync(join(path, name)));
  return main === undefined ? path : join(path, main);
}

/** What is at a path; nothing where it can be no path at all, which who opens it says. */
function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** What a folder is that is given in place of a file, by the names in it, with the way to a file. */
export function describeFolder(path: string): string {
  let names: ReadonlySet<string>;
  try {
    names = new Set(readdirSync(path));
  } catch {
    return "a folder.";
  }
  if (names.has("config.json") && names.has("model.weights.h5")) {
    return "a folder with the files of a .keras archive. Pack them into one: zip -0 model.keras metadata.json config.json model.weights.h5.";
  }
  const [only, ...others] = [...names].filter((name) => name.endsWith(".keras"));
  return only !== undefined && others.length === 0 ? `a folder. Give ${quote(only)} in it.` : "a folder.";
}
