import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** What a worker answers; the fields depend on the request. */
export type Answer = Readonly<Record<string, unknown>>;

/** Real Keras in a process of its own: one request after the other. */
export class Worker {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting: { resolve(answer: Answer): void; reject(error: Error): void }[] = [];
  #stderr = "";

  constructor(python: string) {
    this.#process = spawn(python, [fileURLToPath(new URL("worker.py", import.meta.url))], {
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
    });
    this.#process.stderr.on("data", (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString()).slice(-4000);
    });
    createInterface({ input: this.#process.stdout }).on("line", (line) => {
      const answer = JSON.parse(line) as Answer;
      const next = this.#waiting.shift();
      if (answer.ok === true) next?.resolve(answer);
      else next?.reject(new Error(`Keras says: ${String(answer.error)}`));
    });
    this.#process.on("exit", (code) => {
      const error = new Error(`the Python worker ended with ${code}: ${this.#stderr}`);
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    });
  }

  ask(cmd: string, request: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#process.stdin.write(`${JSON.stringify({ cmd, ...request })}\n`);
    });
  }

  end(): void {
    this.#process.stdin.end();
  }
}
