import { CeratopsError } from "../errors.ts";
import { type Archive, type Member, openArchive } from "../saving/archive.ts";
import { assetsFolder } from "../saving/assets.ts";
import { type Budget, OverLimit } from "../saving/budget.ts";
import { quoteName } from "../saving/member-name.ts";
import { memorySource } from "../saving/sources.ts";
import { checkArray, checkArrays } from "./check-arrays.ts";
import { codeByName, codeByStart, isZip, startOf } from "./code-bytes.ts";
import type { Findings } from "./findings.ts";

/** What members that nobody needs may inflate to, all together, to be compared with their checksums. */
const mostInflated = 2 ** 26;

/** Looks at the members of an archive: what each is, and whether its bytes are those that were written. `own` are needed. */
export async function checkMembers(
  archive: Archive,
  own: readonly string[],
  findings: Findings,
): Promise<void> {
  const { budget, members } = archive;
  const compare = (member: Member) => findings.attempt("damaged-bytes", () => member.check());
  for (const name of own) {
    const member = members.get(name);
    if (member) await compare(member);
  }
  let inflated = 0;
  let left = 0;
  for (const member of members.values()) {
    if (own.includes(member.name)) continue;
    await findings.attempt("damaged-bytes", () => checkForeign(member, budget, findings));
    const { size, isStored } = member;
    if (!isStored) inflated += size;
    const most = Math.min(mostInflated, inflated - size + budget.inflatedBytes.left);
    if (isStored || inflated <= most) await compare(member);
    else left++;
  }
  if (left === 0) return;
  const message = `${left} compressed ${left === 1 ? "file is" : "files are"} too large to be compared with a checksum.`;
  findings.add("not-compared", "", message);
}

/** A member that no model needs, or that belongs to a layer. */
async function checkForeign(member: Member, budget: Budget, findings: Findings): Promise<void> {
  const { name } = member;
  const start = await startOf(member);
  const at = quoteName(name);
  const code = codeByName(name) ?? codeByStart(start);
  if (code) findings.add("code-in-file", at, `is ${code}, which Keras does not write.`);
  if (code || name.startsWith(assetsFolder)) return;
  if (!isZip(start) || name.endsWith(".npz")) {
    findings.add("unknown-member", at, "is not a file that Keras writes.");
    await checkArraysIn(member, budget, findings);
  } else findings.add("code-in-file", at, "is an archive inside the archive, which Python can run.");
}

/** Looks at the arrays in a member that is a file of NumPy. */
async function checkArraysIn(member: Member, budget: Budget, findings: Findings): Promise<void> {
  const path = quoteName(member.name);
  if (member.name.endsWith(".npy")) return checkArray(await startOf(member), path, findings);
  if (!member.name.endsWith(".npz") || member.size > mostInflated) return;
  try {
    const source = memorySource(await member.read(mostInflated));
    await checkArrays(await openArchive(source, member.name, budget), findings, path);
  } catch (error) {
    // That its bytes are others is said where its checksum is compared.
    if (!(error instanceof CeratopsError) || error instanceof OverLimit) throw error;
  }
}
