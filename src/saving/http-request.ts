import { FileError } from "../errors.ts";
import { nameOf, parseAddress } from "./address.ts";
import { gate } from "./gate.ts";
import { type Answer, discard } from "./http-body.ts";
import { type Clock, platformClock } from "./http-clock.ts";
import { codeOf, Passing, reasonOf, secretsOf, withoutSecretsIn } from "./http-errors.ts";
import { type Patience, retried, timed } from "./http-patience.ts";
import { send } from "./http-redirect.ts";

export interface RequestOptions {
  readonly fetch?: typeof fetch;
  readonly headers?: Readonly<Record<string, string>>;
  readonly attempts?: number;
  readonly timeout?: number;
  readonly totalTimeout?: number;
}

/** What is asked for; headers as they are right for the attempt that is made. */
export interface Question {
  readonly method: "GET" | "HEAD";
  headers(): Readonly<Record<string, string>>;
}

/** One file on a server, to be asked for. */
export interface Requester {
  /** The address without what may be secret. */
  readonly name: string;
  /** Whether a page asks another host, which then has to allow headers. */
  readonly isElsewhere: boolean;
  /** Asks, more than once where that may help, and gives what `take` makes of the answer. */
  ask<T>(question: Question, take: (answer: Answer) => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** As many as browsers make to one host. */
const mostAtOnce = 6;
/** Statuses of a server that will answer later. */
const passingStatuses = [429, 502, 503, 504];
/** What the system calls a connection that broke, or was not made in time. */
const passingCodes =
  /^(ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EAI_AGAIN|UND_ERR_(SOCKET|(CONNECT|HEADERS|BODY)_TIMEOUT))$/;

export function requester(url: unknown, options: RequestOptions, clock: Clock = platformClock): Requester {
  const address = parseAddress("httpSource", url);
  const name = nameOf(address);
  if (address.username || address.password) {
    throw new FileError(name, "expected an address without user and password. Give an Authorization header.");
  }
  const patience: Patience = {
    clock,
    attempts: options.attempts ?? 5,
    timeout: options.timeout ?? 30_000,
  };
  const headers = Object.entries(options.headers ?? {});
  const own = Object.fromEntries(headers.filter(([key]) => !/^(if-)?range$/i.test(key)));
  const secrets = secretsOf(address, own);
  const inTurn = gate(mostAtOnce);
  const total = options.totalTimeout ?? Number.POSITIVE_INFINITY;
  let wasAnswered = false;
  let spent = 0;

  /** Runs one request, unless all before it took too long. */
  async function inTime<T>(run: () => Promise<T>): Promise<T> {
    if (spent >= total) {
      const problem = `expected all requests to take ${total} ms at most, received ${spent} ms`;
      throw new FileError(name, `${problem}. Give a larger totalTimeout.`);
    }
    const start = clock.now();
    return run().finally(() => {
      spent += clock.now() - start;
    });
  }

  async function answerTo(question: Question, signal: AbortSignal): Promise<Response> {
    try {
      return await send({
        name,
        address,
        fetch: options.fetch ?? fetch,
        method: question.method,
        given: own,
        own: question.headers(),
        signal,
      });
    } catch (error) {
      if (error instanceof FileError) throw error;
      const code = codeOf(error);
      const mayPass = wasAnswered || passingCodes.test(code ?? "");
      // A page is not told why; most often the server does not allow what it asks.
      const most = code === undefined ? 2 : 1;
      throw new Passing(`expected an answer, received an error: ${reasonOf(error, secrets)}.`, {
        cause: withoutSecretsIn(error, secrets),
        ...(!mayPass && { most }),
      });
    }
  }

  return {
    name,
    isElsewhere: globalThis.location !== undefined && globalThis.location.origin !== address.origin,
    ask: (question, take, signal) =>
      inTurn(() =>
        retried(name, patience, signal, () =>
          inTime(() =>
            timed(patience, signal, async ({ signal, begun, took }) => {
              const response = await answerTo(question, signal);
              begun();
              wasAnswered = true;
              if (passingStatuses.includes(response.status)) {
                await discard(response);
                throw new Passing(unexpected(response), { wait: waitOf(response, clock) });
              }
              return take({ response, signal, took, secrets });
            }),
          ),
        ),
      ),
  };
}

/** A server has no file at an address. */
export class NoSuchFile extends FileError {}

export async function unexpectedStatus(name: string, response: Response): Promise<FileError> {
  await discard(response);
  const kind = [404, 410].includes(response.status) ? NoSuchFile : FileError;
  return new kind(name, unexpected(response));
}

function unexpected({ status, statusText }: Response): string {
  // A server can say anything.
  const shown = /^[\w '-]{1,40}$/.test(statusText) ? `${status} ${statusText}` : status;
  return `expected status 206 or 200, received ${shown}.`;
}

/** How long a server asks to be left alone, in milliseconds: `Retry-After` is in seconds, or a date. */
function waitOf(response: Response, clock: Clock): number {
  const text = response.headers.get("Retry-After")?.trim() ?? "";
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - clock.now();
  return Math.max(wait, 0) || 0;
}
