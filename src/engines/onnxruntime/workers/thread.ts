import type { Reply, Request } from "./messages.ts";

/** A worker as it is here and there: a Web Worker, or a `Worker` of Node's `worker_threads`. */
export interface AnyWorker {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
}

interface NodeWorker extends AnyWorker {
  on(event: string, listener: (value: unknown) => void): unknown;
  ref(): void;
  unref(): void;
}

interface WebWorker extends AnyWorker {
  addEventListener(event: string, listener: (event: { data?: unknown; message?: string }) => void): void;
}

/** What a thread tells of itself. */
export interface Listener {
  reply(reply: Reply): void;
  /** It has ended by itself, or will never answer. */
  ended(reason: string): void;
}

/** A worker, heard and told in the same way everywhere. */
export class Thread {
  readonly #worker: NodeWorker | WebWorker;

  constructor(worker: AnyWorker, listener: Listener) {
    this.#worker = worker as NodeWorker | WebWorker;
    if (isNodeWorker(this.#worker)) {
      this.#worker.on("message", (reply) => listener.reply(reply as Reply));
      this.#worker.on("error", (error) =>
        listener.ended(error instanceof Error ? error.message : `${error}`),
      );
      this.#worker.on("exit", (code) => listener.ended(`exit code ${code}`));
    } else {
      this.#worker.addEventListener("message", ({ data }) => listener.reply(data as Reply));
      this.#worker.addEventListener("error", ({ message }) =>
        listener.ended(message || "its script does not load"),
      );
    }
    this.keepProcess(false);
  }

  post(request: Request, transfer: ArrayBuffer[] = []): void {
    this.#worker.postMessage(request, transfer);
  }

  /** Whether Node goes on for the sake of the thread. */
  keepProcess(isNeeded: boolean): void {
    if (!isNodeWorker(this.#worker)) return;
    if (isNeeded) this.#worker.ref();
    else this.#worker.unref();
  }

  /** It ends when it has done what it was asked: a worker that is terminated in native code would end Node with it. */
  end(): void {
    this.keepProcess(true);
    this.post({ kind: "end" });
  }
}

function isNodeWorker(worker: NodeWorker | WebWorker): worker is NodeWorker {
  return "on" in worker;
}

/** A worker that runs worker.ts. */
export function startWorker(): AnyWorker {
  const threads = globalThis.process?.getBuiltinModule?.("node:worker_threads");
  if (threads) return new threads.Worker(new URL("./worker.js", import.meta.url));
  // As it stands here, bundlers find the file and bundle it too.
  return new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
}

/** How many threads the machine runs at once. */
export function machineThreads(): number {
  const os = globalThis.process?.getBuiltinModule?.("node:os");
  return os?.availableParallelism() ?? navigator.hardwareConcurrency ?? 1;
}
