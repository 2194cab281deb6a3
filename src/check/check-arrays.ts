import type { Archive } from "../saving/archive.ts";
import { quoteName } from "../saving/member-name.ts";
import { codeByName, codeByStart, startOf } from "./code-bytes.ts";
import type { Findings } from "./findings.ts";

/** The longest header of a `.npy` file that is looked at; honest ones have 128 bytes, with records some more. */
export const longestHeader = 2 ** 16;

/** Looks at the arrays of a `.npz` file. `within` is what it is in, for paths. */
export async function checkArrays({ members }: Archive, findings: Findings, within = ""): Promise<void> {
  for (const member of members.values()) {
    const path = `${within}${within && " "}${quoteName(member.name)}`;
    const start = await startOf(member);
    if (member.name.endsWith(".npy")) checkArray(start, path, findings);
    else {
      const code = codeByName(member.name) ?? codeByStart(start);
      if (code) findings.add("code-in-file", path, `is ${code}, which NumPy does not write.`);
      else findings.add("unknown-member", path, "is not a file that NumPy writes.");
    }
  }
}

/** Looks at the header of an array; `start` are the first bytes of its file. */
export function checkArray(start: Uint8Array, path: string, findings: Findings): void {
  if (!holdsObjects(start)) return;
  findings.add("pickled-array", path, "holds objects of Python as a pickle, in place of numbers.");
}

/** Whether the elements are objects of Python, or have some in them: only these are pickled. */
function holdsObjects(start: Uint8Array): boolean {
  const header = new TextDecoder("latin1").decode(start.subarray(0, longestHeader));
  const description = /['"]descr['"]\s*:([\s\S]*)/.exec(header)?.[1] ?? "";
  return /['"][|<>=]?O\d*['"]/.test(description.split(/['"](?:fortran_order|shape)['"]\s*:/)[0] ?? "");
}
