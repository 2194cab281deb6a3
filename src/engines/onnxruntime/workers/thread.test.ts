import { expect, it } from "vitest";
import { type AnyWorker, Thread } from "./thread.ts";

/** A worker as a page has it. */
class WebWorker extends EventTarget implements AnyWorker {
  readonly posted: unknown[] = [];

  postMessage(message: unknown, transfer: ArrayBuffer[]): void {
    this.posted.push([message, transfer]);
  }
}

it("hears and tells a worker of a page", () => {
  const worker = new WebWorker();
  const heard: unknown[] = [];
  const thread = new Thread(worker, {
    reply: (reply) => heard.push(reply),
    ended: (reason) => heard.push(reason),
  });
  const buffer = new ArrayBuffer(4);
  const piece = { kind: "piece", session: 0, bytes: new Uint8Array(buffer) } as const;
  thread.post(piece, [buffer]);
  thread.keepProcess(true);
  expect(worker.posted).toEqual([[piece, [buffer]]]);
  worker.dispatchEvent(new MessageEvent("message", { data: { id: 3, results: {} } }));
  worker.dispatchEvent(Object.assign(new Event("error"), { message: "Uncaught Error: no" }));
  worker.dispatchEvent(new Event("error"));
  expect(heard).toEqual([{ id: 3, results: {} }, "Uncaught Error: no", "its script does not load"]);
  thread.end();
  expect(worker.posted.at(-1)).toEqual([{ kind: "end" }, []]);
});
