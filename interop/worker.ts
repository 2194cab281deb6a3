import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** What a worker answers; the fields depend on the request. */
export type Answer = Readonly<Record<string, unknown>>;

/** Real Keras in a process of its own: one request after the other. One that ended is started again when it is asked. */
export class Worker {
  readonly #python: string;
  readonly #backend: string;
  #process: ChildProcessWithoutNullStreams | null = null;
  readonly #waiting: { resolve(answer: Answer): void; reject(error: Error): void }[] = [];

  constructor(python: string, backend: "jax" | "tensorflow" = "jax") {
    this.#python = python;
    this.#backend = backend;
  }

  ask(cmd: string, request: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
    this.#process ??= this.#start();
    const { stdin } = this.#process;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      stdin.write(`${JSON.stringify({ cmd, ...request })}\n`);
    });
  }

  end(): void {
    this.#process?.stdin.end();
  }

  #start(): ChildProcessWithoutNullStreams {
    const started = spawn(this.#python, [fileURLToPath(new URL("worker.py", import.meta.url))], {
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1", KERAS_BACKEND: this.#backend },
    });
    let said = "";
    started.stderr.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000);
    });
    createInterface({ input: started.stdout }).on("line", (line) => {
      const answer = JSON.parse(line) as Answer;
      const next = this.#waiting.shift();
      if (answer.ok === true) next?.resolve(answer);
      else next?.reject(new Error(`Keras says: ${String(answer.error)}`));
    });
    const ended = (reason: string) => {
      if (this.#process === started) this.#process = null;
      for (const { reject } of this.#waiting.splice(0)) reject(new Error(reason));
    };
    started.stdin.on("error", () => started.kill());
    started.on("error", (error) => ended(`Python did not start: ${error.message}`));
    started.on("exit", (code, signal) => ended(`the Python worker ended with ${code ?? signal}: ${said}`));
    return started;
  }
}
