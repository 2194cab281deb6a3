import type { Archive, Member } from "../../saving/archive.ts";
import { assetsFolder, configName, weightsName } from "../../saving/formats/keras.ts";
import { quoteName } from "../../saving/member-name.ts";
import { metadataName } from "../../saving/metadata.ts";

/** What members that a model can be opened without may inflate to, all together, to be compared with their checksums. */
const mostInflated = 2 ** 26;
/** What Python or a system runs, or unpickles. */
const code = /\.(py|pyc|pkl|pickle|pt|pth|joblib|so|dll|dylib|exe|sh|bat|ps1)$/i;

/** The members of a model's file, and what is to be said of them. */
export interface SortedMembers {
  /** To be compared with their checksums. */
  readonly checked: readonly Member[];
  readonly notes: readonly string[];
  /** Code that Keras has not written. */
  readonly code: readonly string[];
}

export function sortMembers({ members }: Archive): SortedMembers {
  const all = [...members.values()];
  let inflated = 0;
  const checked = all.filter(({ name, size, isStored }) => {
    if (isStored || own.includes(name)) return true;
    inflated += size;
    return inflated <= mostInflated;
  });
  const foreign = all.filter(({ name }) => !own.includes(name) && !name.startsWith(assetsFolder));
  const isCode = ({ name }: Member) => code.test(name);
  const notes = foreign
    .filter((member) => !isCode(member))
    .map(({ name }) => `${quoteName(name)} is not a file that Keras writes.`);
  const left = all.length - checked.length;
  if (left > 0) {
    notes.push(
      `${left} compressed ${left === 1 ? "file is" : "files are"} too large to be compared with a checksum.`,
    );
  }
  const found = foreign
    .filter(isCode)
    .map(({ name }) => `${quoteName(name)}: code, which Keras does not write.`);
  return { checked, notes, code: found };
}

const own: readonly string[] = [metadataName, configName, weightsName];
