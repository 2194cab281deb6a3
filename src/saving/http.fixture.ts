import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";
import type { Clock } from "./http-clock.ts";

export const block = 64 * 1024;
export const content = new Uint8Array(600_000).map((_, i) => (i * 31 + (i >> 8)) & 0xff);

export type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  asked: { start: number; end: number },
) => void;

const servers = new Set<Server>();

afterEach(stop);

/** Ends all servers and their connections. */
export async function stop(): Promise<void> {
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  servers.clear();
}

/** What a server was asked: methods and ranges, in order. */
export const requests: string[] = [];

/** Starts a server on the loopback address that answers with `handler`, and forgets what others were asked. */
export async function serve(handler: Handler): Promise<string> {
  requests.length = 0;
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.headers.range ?? ""}`.trim());
    const match = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "");
    handler(request, response, { start: Number(match?.[1] ?? 0), end: Number(match?.[2] ?? 0) });
  });
  servers.add(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/m.keras`;
}

/** A server as they should be. */
export function ranged(bytes: Uint8Array, headers: Record<string, string> = {}): Handler {
  return (_, response, { start, end }) => {
    const last = Math.min(end, bytes.length - 1);
    if (start >= bytes.length) {
      response.writeHead(416, { "Content-Range": `bytes */${bytes.length}` }).end();
      return;
    }
    response
      .writeHead(206, { "Content-Range": `bytes ${start}-${last}/${bytes.length}`, ...headers })
      .end(bytes.subarray(start, last + 1));
  };
}

/** A server that answers its first requests with each of `first`, and then as it should. */
export function atFirst(...first: readonly Handler[]): Handler {
  let count = 0;
  return (...all) => (first[count++] ?? ranged(content))(...all);
}

export const reset: Handler = (request) => void request.socket.destroy();

/** A clock on which pauses are over at once, unless they are held, and time limits when a test says so. */
export class TestClock implements Clock {
  readonly pauses: number[] = [];
  readonly #limits = new Set<() => void>();
  readonly #settings: { readonly timeout?: number; readonly random?: number; readonly holds?: boolean };

  constructor(
    settings: { readonly timeout?: number; readonly random?: number; readonly holds?: boolean } = {},
  ) {
    this.#settings = settings;
  }

  /** What time it is, in milliseconds since 1970. */
  time = Date.UTC(2026, 0, 1);

  now(): number {
    return this.time;
  }

  random(): number {
    return this.#settings.random ?? 1;
  }

  after(milliseconds: number, run: () => void): () => void {
    const { timeout = 30_000, holds = false } = this.#settings;
    if (milliseconds === timeout) {
      this.#limits.add(run);
      return () => this.#limits.delete(run);
    }
    this.pauses.push(milliseconds);
    if (!holds) queueMicrotask(run);
    return () => undefined;
  }

  /** Lets the time of all that is under a limit be over, soon; not of what comes to be under one until then. */
  expire(): void {
    const limits = [...this.#limits];
    setImmediate(() => {
      for (const run of limits) if (this.#limits.delete(run)) run();
    });
  }
}
