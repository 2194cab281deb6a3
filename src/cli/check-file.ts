import { unreadable } from "../check/check-model.ts";
import { type CheckReport, checkModel } from "../check/index.ts";
import { FileError } from "../errors.ts";
import { nameOfInput, withInput } from "./files.ts";
import type { Io } from "./io.ts";

/** Looks at all that a file holds; that it is not there is said in the report too. */
export async function checkFile(path: string, io: Io): Promise<CheckReport> {
  try {
    return await withInput(path, io, (source, name) => checkModel(source, { name, limits: io.limits }));
  } catch (error) {
    if (error instanceof FileError) return unreadable(nameOfInput(path), error);
    throw error;
  }
}
