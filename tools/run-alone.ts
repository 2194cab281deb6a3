import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Runs a program in a process of its own, in a folder; what it prints of its end is the error where it fails. */
export async function runAlone(program: string, folder: string): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, [program], { cwd: folder, timeout: 60_000 });
  } catch (cause) {
    const { stderr, message } = cause as Error & { stderr?: string };
    throw new Error(stderr || message, { cause });
  }
}
