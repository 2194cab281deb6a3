import type { DType } from "../../../tensor/dtype.ts";
import { elementsOf, withElements } from "../executable.ts";
import type { OrtModule, OrtSession, OrtTensor } from "../module.ts";
import type { SentTensor, Task } from "./messages.ts";

/** A model on its way. */
interface Arriving {
  readonly bytes: Uint8Array;
  filled: number;
  /** Called when all of it is there. */
  readonly complete: () => void;
}

/** What a worker does: it keeps sessions and runs them. */
export class Service {
  readonly #load: () => Promise<OrtModule>;
  readonly #arriving = new Map<number, Arriving>();
  readonly #sessions = new Map<number, OrtSession>();

  constructor(load: () => Promise<OrtModule>) {
    this.#load = load;
  }

  async answer(task: Task): Promise<Record<string, SentTensor>> {
    if (task.kind === "create") await this.#create(task.session, task.size, task.options);
    else if (task.kind === "run") return this.#run(task.session, task.feeds);
    else await this.#release(task.session);
    return {};
  }

  /** The next bytes of a model. */
  take(session: number, piece: Uint8Array): void {
    const model = this.#arriving.get(session);
    if (!model) return;
    model.bytes.set(piece, model.filled);
    model.filled += piece.length;
    if (model.filled === model.bytes.length) model.complete();
  }

  async #create(session: number, size: number, options: object): Promise<void> {
    const bytes = new Uint8Array(size);
    await new Promise<void>((complete) => this.#arriving.set(session, { bytes, filled: 0, complete }));
    this.#arriving.delete(session);
    const ort = await this.#load();
    this.#sessions.set(session, await ort.InferenceSession.create(bytes, options));
  }

  async #run(
    session: number,
    feeds: Readonly<Record<string, SentTensor>>,
  ): Promise<Record<string, SentTensor>> {
    const ort = await this.#load();
    const own = this.#sessions.get(session);
    if (!own) throw new Error("the session is released.");
    const fed: Record<string, OrtTensor> = {};
    for (const [name, { type, dims, data }] of Object.entries(feeds)) {
      fed[name] = withElements(new ort.Tensor(type as never, data as never, dims), data);
    }
    const results = await own.run(fed);
    return Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, sent(tensor)]));
  }

  async #release(session: number): Promise<void> {
    const own = this.#sessions.get(session);
    this.#sessions.delete(session);
    await own?.release();
  }
}

/** A result with a buffer that can be given away. */
function sent(tensor: OrtTensor): SentTensor {
  const data = elementsOf(tensor, tensor.type as DType);
  const isWhole = data.byteLength === data.buffer.byteLength && data.buffer instanceof ArrayBuffer;
  return { type: tensor.type, dims: [...tensor.dims], data: isWhole ? data : data.slice() };
}
