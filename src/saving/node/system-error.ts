import { FileError } from "../../errors.ts";

/** What was tried. */
type Problem = "cannot be read" | "cannot be written";

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "no such file or directory",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "a read-only file system",
  ENOSPC: "no space left",
  EDQUOT: "the quota is used up",
  EFBIG: "larger than a file may be",
  EXDEV: "it is mounted by itself and cannot be replaced",
  EBUSY: "it is in use or mounted by itself, and cannot be replaced",
  EMFILE: "too many open files",
  ENFILE: "too many open files",
};

const room = "Make room, or write to another disk.";
const beside = "A new file is made beside the old one: its folder has to be writable.";
const inFolder = "Mount its folder instead, or write to another path.";
const fewer = "Dispose of models that are not needed, or raise the limit (ulimit -n).";

/** The way forward. */
const help: Readonly<Record<Problem, Readonly<Record<string, string>>>> = {
  "cannot be read": { EMFILE: fewer, ENFILE: fewer },
  "cannot be written": {
    ENOENT: "Make its folder first.",
    EACCES: beside,
    EPERM: beside,
    EROFS: "Write to another folder.",
    ENOSPC: room,
    EDQUOT: room,
    EFBIG: "Raise the limit (ulimit -f), or write to another disk.",
    EXDEV: inFolder,
    EBUSY: inFolder,
    EMFILE: fewer,
    ENFILE: fewer,
  },
};

/** The system's errors as FileErrors; any other, such as one thrown while making the data, as it is. */
export function asFileError(path: string, problem: Problem, error: unknown): unknown {
  const code = codeOf(error);
  if (code === undefined) return error;
  const reason = reasons[code] ?? (error as Error).message;
  const way = help[problem][code];
  return new FileError(path, `${problem}: ${reason}.${way ? ` ${way}` : ""}`, { cause: error });
}

/** What the system calls an error; undefined for one that is not the system's. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || error instanceof FileError) return undefined;
  return "syscall" in error && "code" in error ? String(error.code) : undefined;
}
