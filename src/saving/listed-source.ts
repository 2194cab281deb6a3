import { FileError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import { quote } from "../json/quote.ts";
import type { PlatformBlob } from "../platform.ts";
import { blobSource } from "./blob-source.ts";
import type { ByteSource } from "./byte-source.ts";

/** Which file of a list the others belong to: the first of these that is there. */
const mainNames: readonly RegExp[] = [
  /(?:^|\/)saved_model\.pb$/,
  /(?:^|\/)model\.json$/,
  /\.json$/,
  /\.index$/,
];

interface Listed {
  readonly blob: PlatformBlob;
  /** Its path from the folder on that was chosen, or its name alone; a Blob that is no File has none. */
  readonly path: string;
}

/** The files that somebody chose in a page, as the one that the others belong to, with these beside it. */
export function listedSource(list: Iterable<unknown>): ByteSource {
  const files = [...list].map(listed);
  const main = mainOf(files);
  const folder = main.path.slice(0, main.path.lastIndexOf("/") + 1);
  const open = async (name: string) => {
    const exact = files.find(({ path }) => path === folder + name);
    // Files that were chosen one by one do not say in which folder they were.
    const alike = files.filter(({ path }) => lastOf(path) === lastOf(name));
    const found = exact ?? (alike.length === 1 ? alike[0] : undefined);
    if (found) return blobSource(found.blob);
    throw new FileError(
      main.path,
      `expected the file ${quote(name, 100)} in the list, received ${namesOf(files)}.`,
    );
  };
  return { ...blobSource(main.blob), siblings: { open, name: lastOf(main.path) } };
}

function listed(blob: unknown, i: number): Listed {
  if (!(blob instanceof Blob))
    throw new FileError("source", `expected a list of files, received ${inspect(blob)} at ${i}.`);
  const { name, webkitRelativePath: path } = blob as Blob & { name?: string; webkitRelativePath?: string };
  return { blob, path: path || name || "" };
}

function mainOf(files: readonly Listed[]): Listed {
  const [first] = files;
  if (first && files.length === 1) return first;
  for (const pattern of mainNames) {
    const [found, other] = files.filter(({ path }) => pattern.test(path));
    if (found && !other) return found;
    if (found) break;
  }
  throw new FileError(
    "source",
    `expected a list with one saved_model.pb or model.json, received ${namesOf(files)}.`,
  );
}

function namesOf(files: readonly Listed[]): string {
  return inspect(files.map(({ path }) => path));
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
