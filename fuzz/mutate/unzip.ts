import { readNumber } from "./extremes.ts";

/** A stored member of an honest archive. */
export interface ZipMember {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const known = new WeakMap<Uint8Array, readonly ZipMember[]>();

/** The members of an honest archive that compresses nothing; the same objects each time. */
export function unzip(archive: Uint8Array): readonly ZipMember[] {
  const members = known.get(archive) ?? membersOf(archive);
  known.set(archive, members);
  return members;
}

function membersOf(archive: Uint8Array): ZipMember[] {
  const end = archive.length - 22;
  const members: ZipMember[] = [];
  let at = readNumber(archive, end + 16, 4);
  for (let left = readNumber(archive, end + 10, 2); left > 0; left--) {
    const size = readNumber(archive, at + 20, 4);
    const [nameSize, extra, comment] = [28, 30, 32].map((field) => readNumber(archive, at + field, 2)) as [
      number,
      number,
      number,
    ];
    const local = readNumber(archive, at + 42, 4);
    const start = local + 30 + readNumber(archive, local + 26, 2) + readNumber(archive, local + 28, 2);
    members.push({
      name: new TextDecoder().decode(archive.subarray(at + 46, at + 46 + nameSize)),
      bytes: archive.slice(start, start + size),
    });
    at += 46 + nameSize + extra + comment;
  }
  return members;
}
