import type { TypedArray } from "../../../tensor/dtype.ts";
import type { Message } from "../../onnx/protobuf.ts";
import type { OrtSession, OrtTensor, Runtime, RuntimeChoice } from "../module.ts";
import type { SentTensor } from "./messages.ts";
import { Remote } from "./remote.ts";
import type { AnyWorker } from "./thread.ts";

/** ONNX Runtime in several workers. Each has every session; a run goes to the one with the least to do. */
export class Pool implements Runtime {
  readonly Tensor = PlainTensor as Runtime["Tensor"];
  /** What a session is made with where nobody says otherwise. */
  readonly sessionOptions: object;
  readonly #start: () => AnyWorker;
  readonly #choice: RuntimeChoice;
  readonly #size: number;
  #remotes: readonly Remote[] = [];
  #sessions = 0;
  #isDisposed = false;

  constructor(size: number, choice: RuntimeChoice, start: () => AnyWorker) {
    this.#size = size;
    this.#choice = choice;
    this.#start = start;
    this.sessionOptions = { intraOpNumThreads: choice.threads };
  }

  async createSession(model: Message, options: object): Promise<OrtSession> {
    if (this.#isDisposed) throw new Error("the engine is disposed.");
    const session = this.#sessions++;
    const remotes = this.#living();
    const created = await Promise.allSettled(remotes.map((remote) => remote.create(session, model, options)));
    const failed = created.find(({ status }) => status === "rejected");
    if (failed?.status === "rejected") {
      for (const remote of remotes) remote.release(session).catch(() => undefined);
      throw failed.reason;
    }
    return new PoolSession(session, remotes);
  }

  /** Ends the workers, and with them all sessions. */
  dispose(): void {
    this.#isDisposed = true;
    for (const remote of this.#remotes) remote.end();
  }

  /** As many workers as there should be: new ones take the places of those that have ended. */
  #living(): readonly Remote[] {
    this.#remotes = Array.from({ length: this.#size }, (_, i) => {
      const known = this.#remotes[i];
      return known?.isAlive ? known : new Remote(this.#start(), this.#choice);
    });
    return this.#remotes;
  }
}

/** One session in all workers that were there when it was made. */
class PoolSession implements OrtSession {
  readonly #session: number;
  readonly #remotes: readonly Remote[];

  constructor(session: number, remotes: readonly Remote[]) {
    this.#session = session;
    this.#remotes = remotes;
  }

  run(feeds: Record<string, OrtTensor>): Promise<Readonly<Record<string, OrtTensor>>> {
    const living = this.#remotes.filter(({ isAlive }) => isAlive);
    const free = living.reduce<Remote | undefined>(
      (best, remote) => (best && best.busy <= remote.busy ? best : remote),
      undefined,
    );
    // Where none lives, any of them says why.
    return (free ?? this.#remotes[0]!).run(this.#session, feeds as Record<string, SentTensor>);
  }

  async release(): Promise<void> {
    await Promise.all(this.#remotes.map((remote) => remote.release(this.#session)));
  }
}

/** A tensor as it is sent. */
class PlainTensor implements SentTensor {
  readonly type: string;
  readonly data: TypedArray;
  readonly dims: readonly number[];

  constructor(type: string, data: TypedArray, dims: readonly number[]) {
    this.type = type;
    this.data = data;
    this.dims = dims;
  }
}
