import { describe, expect, it } from "vitest";
import { FileError } from "../errors.ts";
import {
  atFirst,
  block,
  content,
  type Handler,
  ranged,
  requests,
  reset,
  serve,
  stop,
  TestClock,
} from "./http.fixture.ts";
import { type HttpSourceOptions, openHttp } from "./http-open.ts";
import { interruptible } from "./interruptible.ts";

const status =
  (code: number, headers: Record<string, string> = {}): Handler =>
  (_, response) =>
    void response.writeHead(code, headers).end("later");

/** Promises what is asked for, sends some of it, and breaks off. */
const broken =
  (sent: number): Handler =>
  (_, response, { start, end }) => {
    response.writeHead(206, {
      "Content-Length": end + 1 - start,
      "Content-Range": `bytes ${start}-${end}/${content.length}`,
    });
    response.write(content.subarray(start, start + sent), () => setImmediate(() => response.destroy()));
  };

/** The same without a word of ranges. */
const brokenWhole: Handler = (_, response) => {
  response.writeHead(200, { "Content-Length": content.length });
  response.write(content.subarray(0, 1000), () => setImmediate(() => response.destroy()));
};

async function open(handler: Handler, options: HttpSourceOptions = {}, clock = new TestClock()) {
  const url = await serve(handler);
  const source = await openHttp(url, options, clock);
  return { source, clock, url };
}

async function problemOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(FileError);
  return (error as FileError).issues[0]?.message ?? "";
}

describe("a server that fails for a while is asked again", () => {
  it.each<[string, Handler]>([
    ["status 429", status(429)],
    ["status 502", status(502)],
    ["status 503", status(503)],
    ["status 504", status(504)],
    ["a reset connection", reset],
    ["a body that breaks off", broken(1000)],
  ])("%s, when the file is opened and when it is read", async (_, failure) => {
    const { source, clock } = await open(atFirst(failure, failure));
    expect(source.size).toBe(content.length);
    expect(clock.pauses).toEqual([500, 1000]);
    const later = await open(atFirst(ranged(content), failure, failure));
    expect(await later.source.read(100_000, 3)).toEqual(content.slice(100_000, 100_003));
    expect(later.clock.pauses).toEqual([500, 1000]);
  });

  it("a whole file that breaks off", async () => {
    const { source, clock } = await open(
      atFirst(brokenWhole, brokenWhole, (_, response) => response.end(content)),
    );
    expect(await source.read(0, content.length)).toEqual(content);
    expect(clock.pauses).toEqual([500, 1000]);
  });

  it("with pauses that grow, are not the same for all, and end", async () => {
    for (const [random, factor] of [
      [0, 0.5],
      [1, 1],
    ] as const) {
      const clock = new TestClock({ random });
      const url = await serve(status(503));
      expect(await problemOf(openHttp(url, { attempts: 8 }, clock))).toBe(
        "expected status 206 or 200, received 503 Service Unavailable. It was asked for 8 times.",
      );
      expect(requests.length).toBe(8);
      expect(clock.pauses).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000].map((pause) => pause * factor));
    }
  });

  it.each([
    ["7", 7000],
    ["Thu, 01 Jan 2026 00:00:09 GMT", 9000],
    ["Wed, 31 Dec 2025 00:00:00 GMT", 0],
    ["-3", 0],
    ["soon", 0],
  ])("not before it wants: Retry-After: %s", async (text, wait) => {
    const { clock } = await open(atFirst(status(429, { "Retry-After": text })));
    expect(clock.pauses).toEqual([wait + 500]);
  });

  it("not where it wants to be left alone for long", async () => {
    const url = await serve(status(503, { "Retry-After": "3600" }));
    expect(await problemOf(openHttp(url, {}, new TestClock()))).toBe(
      "expected status 206 or 200, received 503 Service Unavailable. It wants to be asked again in 3600 s.",
    );
    expect(requests.length).toBe(1);
  });

  it("only for what has not come yet", async () => {
    const { source } = await open(atFirst(ranged(content), broken(1000), broken(40_000), reset));
    expect(await source.read(block, 2)).toEqual(content.slice(block, block + 2));
    const end = 2 * block - 1;
    expect(requests.slice(1)).toEqual(
      [block, block + 1000, block + 41_000, block + 41_000].map((start) => `GET bytes=${start}-${end}`),
    );
    expect(await source.read(block, block)).toEqual(content.slice(block, 2 * block));
  });

  it.each([400, 401, 403, 404, 410, 416, 500, 501])(
    "not where it will not change its mind: %d",
    async (code) => {
      const url = await serve(status(code));
      await problemOf(openHttp(url, {}, new TestClock()));
      expect(requests.length).toBe(1);
      const { source } = await open(atFirst(ranged(content), status(code)));
      await problemOf(source.read(100_000, 1));
      expect(requests.length).toBe(2);
    },
  );

  it("not where nobody is, or where a page is not told why", async () => {
    const clock = new TestClock();
    const url = await serve(reset);
    await stop();
    expect(await problemOf(openHttp(url, {}, clock))).toMatch(
      /^expected an answer, received an error: .*ECONNREFUSED/,
    );
    expect(clock.pauses).toEqual([]);
    const fetch = () => Promise.reject(new TypeError("Failed to fetch"));
    expect(await problemOf(openHttp("http://a.b/m.keras", { fetch }, clock))).toBe(
      "expected an answer, received an error: Failed to fetch. It was asked for 2 times.",
    );
  });
});

describe("options of httpSource", () => {
  it.each<[string, unknown, string]>([
    ["attempts", 0, "an integer from 1 on, received 0."],
    ["attempts", 1.5, "an integer from 1 on, received 1.5."],
    ["attempts", "5", 'an integer from 1 on, received "5".'],
    ["timeout", 0, "a number over 0, received 0."],
    ["totalTimeout", -1, "a number over 0, received -1."],
    ["timeout", Number.NaN, "a number over 0, received NaN."],
    ["headers", { a: 1 }, "an object of strings, received { a: 1 }."],
    ["headers", "a: b", 'an object of strings, received "a: b".'],
    ["fetch", "fetch", 'a function, received "fetch".'],
    ["wholeLimit", -1, "an integer from 0 on, received -1."],
  ])("%s is not %j", async (name, value, expected) => {
    await expect(openHttp("http://a.b/m.keras", { [name]: value })).rejects.toThrow(
      `httpSource: expected ${name} to be ${expected}`,
    );
  });
});

describe("a signal", () => {
  it("ends a pause, and no request is made any more", async () => {
    const control = new AbortController();
    const clock = new TestClock({ holds: true });
    const url = await serve((_, response) => {
      response.writeHead(503).end(() => setImmediate(() => control.abort(new Error("enough"))));
    });
    await expect(openHttp(url, { signal: control.signal }, clock)).rejects.toThrow("enough");
    expect(requests.length).toBe(1);
  });

  it("ends a request, and the connection with it", async () => {
    const control = new AbortController();
    const closed = new Promise<void>((resolve) => {
      void serve((request) => {
        request.on("close", resolve);
        control.abort(new Error("enough"));
      }).then(async (url) => {
        await expect(openHttp(url, { signal: control.signal }, new TestClock())).rejects.toThrow("enough");
      });
    });
    await closed;
  });

  it("ends what a load waits for, and no more than that", async () => {
    const control = new AbortController();
    let wasClosed = () => {};
    const closed = new Promise<void>((resolve) => {
      wasClosed = resolve;
    });
    const { source } = await open(
      atFirst(ranged(content), (request) => {
        request.on("close", wasClosed);
        control.abort(new Error("enough"));
      }),
    );
    let kept = source;
    const load = interruptible(source, control.signal, (open) => {
      kept = open;
      return open.read(100_000, 1);
    });
    await expect(load).rejects.toThrow("enough");
    await closed;
    expect(await kept.read(100_000, 1)).toEqual(content.slice(100_000, 100_001));
  });

  it("ends one reader's request, not that of another for the same bytes", async () => {
    const control = new AbortController();
    const { source } = await open(atFirst(ranged(content), () => control.abort(new Error("enough"))));
    const first = source.read(100_000, 1, control.signal);
    const second = source.read(100_000, 1);
    await expect(first).rejects.toThrow("enough");
    expect(await second).toEqual(content.slice(100_000, 100_001));
    expect(await source.read(100_000, 1, AbortSignal.timeout(1e6))).toEqual(content.slice(100_000, 100_001));
    expect(requests.length).toBe(3);
  });
});

describe("a time limit", () => {
  it("is for a server that never answers", async () => {
    const clock = new TestClock();
    const url = await serve(() => clock.expire());
    expect(await problemOf(openHttp(url, {}, clock))).toBe(
      "expected an answer in 30000 ms, received none. It was asked for 2 times.",
    );
    expect(requests.length).toBe(2);
  });

  it("is for one that sends a byte now and then, whose bytes are kept", async () => {
    const clock = new TestClock({ timeout: 123 });
    const drip: Handler = (_, response, { start }) => {
      response.writeHead(206, { "Content-Range": `bytes ${start}-${2 * block - 1}/600000` });
      response.write(content.subarray(start, start + 1));
    };
    const url = await serve(atFirst(ranged(content), drip, drip, drip));
    const source = await openHttp(url, { timeout: 123, fetch: expiring(clock) }, clock);
    expect(await source.read(block, 2)).toEqual(content.slice(block, block + 2));
    const end = 2 * block - 1;
    expect(requests.slice(1)).toEqual([0, 1, 2, 3].map((bytes) => `GET bytes=${block + bytes}-${end}`));
  });

  it("is for all requests together, where one is given", async () => {
    const clock = new TestClock();
    const url = await serve((...all) => {
      clock.time += 400;
      ranged(content)(...all);
    });
    const source = await openHttp(url, { totalTimeout: 1000 }, clock);
    await source.read(100_000, 1);
    await source.read(200_000, 1);
    expect(await problemOf(source.read(300_000, 1))).toBe(
      "expected all requests to take 1000 ms at most, received 1200 ms. Give a larger totalTimeout.",
    );
    expect(await source.read(200_000, 1)).toEqual(content.slice(200_000, 200_001));
    expect(requests.length).toBe(3);
  });

  it("is none for one that is slow, but sends", async () => {
    const clock = new TestClock({ timeout: 123 });
    const url = await serve(ranged(content));
    const source = await openHttp(url, { timeout: 123, fetch: expiring(clock) }, clock);
    expect(await source.read(block, 1)).toEqual(content.slice(block, block + 1));
    expect(requests.length).toBe(2);
  });
});

/** The global `fetch`, that lets the time be over behind each piece of an answer. */
function expiring(clock: TestClock): typeof fetch {
  return async (address, request) => {
    const response = await fetch(address, request);
    const pieces = new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, control) {
        control.enqueue(piece);
        clock.expire();
      },
    });
    return new Response(response.body?.pipeThrough(pieces) ?? null, response);
  };
}

describe("what is asked for", () => {
  it("is no more than six ranges at a time", async () => {
    let most = 0;
    const waiting: (() => void)[] = [];
    const url = await serve((request, response, asked) => {
      if (asked.start === 0) return ranged(content)(request, response, asked);
      waiting.push(() => ranged(content)(request, response, asked));
      most = Math.max(most, waiting.length);
      // All that can come have come by then.
      if (waiting.length === 6 || requests.length > 18) {
        setTimeout(() => {
          for (const answer of waiting.splice(0)) answer();
        }, 20);
      }
    });
    const source = await openHttp(url, {}, new TestClock());
    const reads = Array.from({ length: 18 }, (_, i) => source.read(1 + i, 5 * block));
    for (const [i, bytes] of (await Promise.all(reads)).entries()) expect(bytes[0]).toBe(content[1 + i]);
    expect(most).toBe(6);
  });

  it("is cut where more comes, and where all of an endless file does", async () => {
    let wasClosed = () => {};
    const closed = new Promise<void>((resolve) => {
      wasClosed = resolve;
    });
    const url = await serve((_, response) => {
      response.on("close", wasClosed);
      const more = () => {
        while (!response.destroyed && response.write(content));
      };
      response.on("drain", more);
      more();
    });
    expect(await problemOf(openHttp(url, { wholeLimit: 2e6 }, new TestClock()))).toBe(
      "expected a server that answers range requests, received the whole file of more than 2000000 bytes.",
    );
    await closed;
    expect(requests.length).toBe(1);
  });

  it.each([
    ['"a"', '"a"'],
    ['W/"a"', undefined],
  ])("is the file as first seen: ETag %s", async (tag, asked) => {
    const seen: (string | undefined)[] = [];
    const { source } = await open((request, response, range) => {
      seen.push(request.headers["if-range"] as string | undefined);
      ranged(content, { ETag: tag })(request, response, range);
    });
    await source.read(100_000, 1);
    expect(seen).toEqual([undefined, asked]);
  });
});
