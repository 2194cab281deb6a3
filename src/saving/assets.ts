import { FileError, type Issue, printableIssue } from "../errors.ts";
import { ownsFiles } from "../layers/owns-files.ts";
import type { Model } from "../models/model.ts";
import type { Archive, Member } from "./archive.ts";
import type { Budget } from "./budget.ts";
import { quoteName } from "./member-name.ts";
import { type Naming, walkWeights } from "./weight-tree.ts";

/** Where an archive has the files of layers, each in a folder named as its weights are. */
export const assetsFolder = "assets/";

/** The files of all layers, by their names in an archive. */
export function ownAssets(model: Model, naming?: Naming): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { path, owner } of walkWeights(model, undefined, naming)) {
    if (!ownsFiles(owner)) continue;
    for (const [name, text] of owner.filesToWrite()) found.set(memberName(path, name), text);
  }
  return found;
}

/** Gives layers their files. One that is missing is an error, unless somebody wants to know of it. */
export async function readAssets(
  model: Model,
  archive: Archive,
  name: string,
  onUnknown: ((issue: Issue) => void) | null | undefined,
): Promise<void> {
  for (const { path, owner } of walkWeights(model)) {
    if (!ownsFiles(owner) || !owner.takeFile) continue;
    for (const file of owner.filesToWrite().keys()) {
      const wanted = memberName(path, file);
      const member = archive.members.get(wanted) ?? archive.members.get(olderName(wanted));
      if (member) owner.takeFile(file, await readText(member, archive.budget));
      else {
        const message = `expected the file ${quoteName(wanted)}, received none.`;
        if (!onUnknown) throw new FileError(name, message);
        onUnknown(printableIssue({ path: name, message }));
      }
    }
  }
}

function memberName(path: string, file: string): string {
  return `${assetsFolder}${path.slice(1)}/${file}`;
}

/** What Keras 2.13 calls it. */
function olderName(name: string): string {
  return name.replaceAll(/(?<=\/)layers(?=\/)/g, "_layer_checkpoint_dependencies");
}

const lineFeed = 0x0a;

/** A member as text. Its lines are counted as it is inflated, so that one of too many never becomes a list. */
async function readText(member: Member, budget: Budget): Promise<string> {
  const at = `member ${quoteName(member.name)}`;
  let lines = 1;
  const bytes = await member.read(undefined, (chunk) => {
    for (let i = 0; i < chunk.length; i++) if (chunk[i] === lineFeed) lines++;
    budget.jsonValues.expect(lines, at);
  });
  budget.jsonValues.take(lines, at);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new FileError(at, "expected UTF-8 text, received other bytes.", { cause });
  }
}
