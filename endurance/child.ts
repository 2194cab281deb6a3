import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** A process that runs a file of `children/`; what it prints of its end is with it. */
export interface Child {
  readonly process: ChildProcess;
  /** Settles once it has printed something. */
  readonly begun: Promise<void>;
  /** What it printed, and how it ended. */
  readonly ended: Promise<{ readonly printed: string; readonly status: number | string }>;
}

export interface ChildOptions {
  /** Of the shell, such as `ulimit -n 256`. */
  readonly limits?: string;
  readonly node?: readonly string[];
}

export function startChild(name: string, args: readonly string[], options: ChildOptions = {}): Child {
  const file = fileURLToPath(new URL(`children/${name}.ts`, import.meta.url));
  const { limits = "true", node = [] } = options;
  const command = [process.execPath, ...node, "--import", "tsx", file, ...args];
  const child = spawn("bash", ["-c", `${limits} && exec "$@"`, "bash", ...command], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      begin();
    });
  }
  const ended = new Promise<{ printed: string; status: number | string }>((resolve) => {
    child.on("close", (code, signal) => {
      begin();
      resolve({ printed, status: code ?? signal ?? "?" });
    });
  });
  return { process: child, begun, ended };
}

/** What a child printed that must end well. */
export async function outputOf(
  name: string,
  args: readonly string[],
  options?: ChildOptions,
): Promise<string> {
  const { printed, status } = await startChild(name, args, options).ended;
  if (status !== 0) throw new Error(`${name} ${args.join(" ")} ended with ${status}:\n${printed}`);
  return printed.trim();
}
