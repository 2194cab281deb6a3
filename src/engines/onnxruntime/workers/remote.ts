import { nextTurn, oneByOne } from "../../../turn.ts";
import type { Message } from "../../onnx/protobuf.ts";
import type { RuntimeChoice } from "../module.ts";
import type { Reply, SentTensor, Task } from "./messages.ts";
import { type AnyWorker, Thread } from "./thread.ts";
import { buffersOf, copied, pieces } from "./transfer.ts";

type Results = Readonly<Record<string, SentTensor>>;

interface Asked {
  readonly resolve: (results: Results) => void;
  readonly reject: (error: Error) => void;
}

/** One worker, asked from outside. */
export class Remote {
  /** How many tasks it was given that are not done, those that are still being sent included. */
  busy = 0;
  readonly #thread: Thread;
  readonly #asked = new Map<number, Asked>();
  #count = 0;
  #ended: string | null = null;

  constructor(worker: AnyWorker, choice: RuntimeChoice) {
    this.#thread = new Thread(worker, {
      reply: (reply) => this.#settle(reply),
      ended: (reason) => {
        this.#fail(`the worker has ended: ${reason}.`);
        // One in a page goes on behind an error, and nobody asks it any more.
        this.#thread.end();
      },
    });
    this.#thread.post({ kind: "load", choice });
  }

  get isAlive(): boolean {
    return this.#ended === null;
  }

  /** Makes a session of a model, whose bytes are sent piece by piece. */
  async create(session: number, model: Message, options: object): Promise<void> {
    await this.#busy(async () => {
      const created = this.#ask({ kind: "create", session, size: model.size, options });
      // It is looked at behind the pieces, and a worker may end before.
      created.catch(() => undefined);
      // Several workers get their pieces one after the other, or each turn would have one for each.
      await oneByOne(async () => {
        await nextTurn();
        for (const bytes of pieces(model.parts())) {
          if (!this.isAlive) break;
          this.#thread.post({ kind: "piece", session, bytes }, [bytes.buffer]);
          await nextTurn();
        }
      });
      return created;
    });
  }

  /** Runs a session on copies of the tensors. */
  run(session: number, feeds: Results): Promise<Results> {
    return this.#busy(async () => {
      const own: Record<string, SentTensor> = {};
      for (const [name, { type, dims, data }] of Object.entries(feeds)) {
        own[name] = { type, dims, data: await copied(data) };
      }
      return this.#ask({ kind: "run", session, feeds: own }, buffersOf(own));
    });
  }

  async release(session: number): Promise<void> {
    if (this.isAlive) await this.#ask({ kind: "release", session });
  }

  end(): void {
    this.#fail("the engine is disposed.");
    this.#thread.end();
  }

  async #busy<T>(task: () => Promise<T>): Promise<T> {
    this.busy++;
    try {
      return await task();
    } finally {
      this.busy--;
    }
  }

  #ask(task: Task, transfer: ArrayBuffer[] = []): Promise<Results> {
    if (this.#ended !== null) return Promise.reject(new Error(this.#ended));
    const id = this.#count++;
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.#thread.keepProcess(true);
      this.#thread.post({ ...task, id }, transfer);
    });
  }

  #settle(reply: Reply): void {
    const asked = this.#asked.get(reply.id);
    this.#asked.delete(reply.id);
    if (this.#asked.size === 0) this.#thread.keepProcess(false);
    if ("error" in reply) asked?.reject(new Error(reply.error));
    else asked?.resolve(reply.results);
  }

  #fail(reason: string): void {
    this.#ended ??= reason;
    for (const { reject } of this.#asked.values()) reject(new Error(this.#ended));
    this.#asked.clear();
  }
}
