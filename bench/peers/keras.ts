import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Elapsed, type Job } from "../measure.ts";

/** Where interop/python-env.sh puts the environments. */
const environments = process.env.CERATOPS_PYTHON_ENVS
  ? new URL(`file://${process.env.CERATOPS_PYTHON_ENVS}/`)
  : new URL("../../.cache/python/", import.meta.url);

/** The Python of an environment. */
const pythonOf = (name: string) => fileURLToPath(new URL(`${name}/bin/python`, environments));

export const python = pythonOf("3.6");

/** Python Keras 3.6, on JAX if nobody says, in a process of its own that takes its own times. */
export class Keras {
  readonly #process: ChildProcessWithoutNullStreams | null;
  readonly #lines: AsyncIterator<string> | null;

  constructor(backend: "jax" | "tensorflow" = "jax") {
    const own = backend === "jax" ? python : pythonOf("tensorflow-3.6");
    const env = { ...process.env, KERAS_BACKEND: backend };
    const script = fileURLToPath(new URL("python_keras.py", import.meta.url));
    this.#process = existsSync(own) ? spawn(own, [script], { env }) : null;
    this.#process?.stderr.resume();
    this.#lines = this.#process && createInterface(this.#process.stdout)[Symbol.asyncIterator]();
  }

  /** The job that does some work there; null where Keras is not installed or cannot do it. */
  async job(work: string, request: object): Promise<Job> {
    if (!this.#process) return null;
    const run = () => this.#run({ work, ...request });
    return (await run().catch((error: unknown) => console.error(`Keras, ${work}: ${error}`))) ? run : null;
  }

  end(): void {
    this.#process?.stdin.end();
  }

  async #run(request: object): Promise<Elapsed> {
    this.#process!.stdin.write(`${JSON.stringify(request)}\n`);
    const line = await this.#lines!.next();
    const answer = JSON.parse(String(line.value)) as { milliseconds?: number; error?: string };
    if (answer.milliseconds === undefined) throw new Error(answer.error);
    return new Elapsed(answer.milliseconds);
  }
}
