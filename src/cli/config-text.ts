import { FileError } from "../errors.ts";
import { openArchive } from "../saving/archive.ts";
import { withInput } from "./files.ts";
import type { Io } from "./io.ts";

/** The text of `config.json` in a .keras file. */
export function readConfigText(path: string, io: Io): Promise<string> {
  return withInput(path, io, async (source, name) => {
    const { members } = await openArchive(source, name);
    const member = members.get("config.json");
    if (!member)
      throw new FileError(name, "expected a .keras file, received a zip archive without config.json.");
    return new TextDecoder().decode(await member.read(2 ** 28));
  });
}
