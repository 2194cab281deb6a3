import { type ChildProcess, fork } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import type { Answer, CasesAnswer, CasesQuestion, InputAnswer, InputQuestion } from "./messages.ts";

/** What a child may keep on its heap, in megabytes; typed arrays are watched from outside. */
const heap = 220;
const mostResident = 1000;

/** Why there is no answer. */
export type Failure = "hang" | "memory" | "died";

/** A process that runs cases. A new one takes the place of one that failed. */
export class Child {
  readonly #program: string;
  readonly #progress: string;
  readonly #stderr: "inherit" | "ignore";
  readonly #only: readonly string[];
  #process: ChildProcess | null = null;

  /** `progress` is the path of a file in which it notes the case it is at; `only` the reader that it makes ready for. */
  constructor(
    program: string,
    progress: string,
    stderr: "inherit" | "ignore" = "inherit",
    only: string | null = null,
  ) {
    this.#program = program;
    this.#stderr = stderr;
    this.#only = only === null ? [] : [only];
    this.#progress = progress;
  }

  /** The answer, or why there is none after so many seconds. */
  ask(question: CasesQuestion, seconds: number): Promise<CasesAnswer | Failure>;
  ask(question: InputQuestion, seconds: number): Promise<InputAnswer | Failure>;
  async ask(question: CasesQuestion | InputQuestion, seconds: number): Promise<Answer | Failure> {
    const process = await this.#started();
    return new Promise((resolve) => {
      let last = this.at;
      let since = Date.now();
      const watch = setInterval(() => {
        const { at } = this;
        if (at !== last) [last, since] = [at, Date.now()];
        if (residentOf(process) > mostResident) end("memory");
        else if (Date.now() - since > seconds * 1000) end("hang");
      }, 100);
      const onMessage = (answer: Answer) => settle(answer);
      const onExit = () => settle("died");
      const settle = (answer: Answer | Failure) => {
        clearInterval(watch);
        process.off("message", onMessage).off("exit", onExit);
        if (typeof answer === "string") this.stop();
        resolve(answer);
      };
      const end = (failure: Failure) => settle(failure);
      process.on("message", onMessage).on("exit", onExit);
      process.send(question);
    });
  }

  /** The case that it is at. */
  get at(): number {
    const bytes = readFileSync(this.#progress);
    return bytes.length < 8 ? -1 : bytes.readDoubleLE();
  }

  stop(): void {
    this.#process?.kill("SIGKILL");
    this.#process = null;
  }

  async #started(): Promise<ChildProcess> {
    if (this.#process) return this.#process;
    const child = fork(this.#program, [this.#progress, ...this.#only], {
      execArgv: [`--max-old-space-size=${heap}`, "--max-semi-space-size=8"],
      serialization: "advanced",
      stdio: ["ignore", "ignore", this.#stderr, "ipc"],
    });
    await new Promise<void>((resolve, reject) => {
      child.once("message", () => resolve());
      child.once("exit", (code) => reject(new Error(`a child did not start, and ended with ${code}.`)));
    });
    child.removeAllListeners("exit");
    this.#process = child;
    return child;
  }
}

/** The memory of a process in megabytes, where the system tells. */
function residentOf({ pid }: ChildProcess): number {
  const path = `/proc/${pid}/statm`;
  if (!existsSync(path)) return 0;
  const [, pages = "0"] = readFileSync(path, "utf8").split(" ");
  return (Number(pages) * 4096) / 2 ** 20;
}
