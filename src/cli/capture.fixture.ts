import { runCli } from "./run-cli.ts";

/** What a command line gave. */
export interface Captured {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly bytes: Uint8Array;
}

export interface CaptureOptions {
  readonly stdin?: Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether standard output and standard error are terminals. */
  readonly isTTY?: boolean;
}

/** Runs a command line in this process, with streams of its own. */
export async function capture(args: readonly string[], options: CaptureOptions = {}): Promise<Captured> {
  const { stdin, env = {}, isTTY = false } = options;
  const out: Uint8Array[] = [];
  const err: Uint8Array[] = [];
  const sink = (chunks: Uint8Array[]) => ({
    isTTY,
    columns: isTTY ? 80 : undefined,
    write: (data: string | Uint8Array) => chunks.push(Buffer.from(data as string)),
  });
  async function* input() {
    if (stdin) yield stdin;
  }
  const code = await runCli(args, { stdin: input(), stdout: sink(out), stderr: sink(err), env });
  const bytes = new Uint8Array(Buffer.concat(out));
  return { code, stdout: new TextDecoder().decode(bytes), stderr: Buffer.concat(err).toString(), bytes };
}
