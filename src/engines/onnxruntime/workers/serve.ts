import { once } from "../../../once.ts";
import { loadFirst, type OrtModule, prepare } from "../module.ts";
import type { Reply, Request } from "./messages.ts";
import { Service } from "./service.ts";
import { buffersOf } from "./transfer.ts";

export interface ServeOptions {
  /** Imports ONNX Runtime in another way, such as `() => import("onnxruntime-web/webgpu")`. */
  readonly load?: () => Promise<unknown>;
}

/** The other end of a worker, as it is inside. */
interface Port {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  close(): void;
}

/**
 * What a worker of an engine does, called in it: it loads ONNX Runtime and runs what it is sent. Needed only in a
 * worker that `onnxruntime({ workers, worker })` is given.
 *
 * @example
 * // my-worker.js
 * import { serveInWorker } from "ceratops/engines/onnxruntime";
 *
 * serveInWorker();
 */
export function serveInWorker(options: ServeOptions = {}): void {
  const threads = globalThis.process?.getBuiltinModule?.("node:worker_threads");
  const port = (threads?.parentPort ?? globalThis) as unknown as Port;
  let load = (): Promise<OrtModule> => Promise.reject(new Error("nothing to load was named."));
  const service = new Service(() => load());
  const reply = (reply: Reply, transfer: ArrayBuffer[] = []) => port.postMessage(reply, transfer);
  port.onmessage = ({ data }) => {
    const request = data as Request;
    if (request.kind === "load") {
      const { choice } = request;
      load = once(async () => (options.load ? prepare(await options.load(), choice) : loadFirst(choice)));
    } else if (request.kind === "end") {
      port.close();
    } else if (request.kind === "piece") {
      service.take(request.session, request.bytes);
    } else {
      const { id } = request;
      service.answer(request).then(
        (results) => reply({ id, results }, buffersOf(results)),
        (error: unknown) => reply({ id, error: error instanceof Error ? error.message : String(error) }),
      );
    }
  };
}
