import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileError } from "../errors.ts";
import { block, content, type Handler, ranged, requests, serve, TestClock } from "./http.fixture.ts";
import { openHttp } from "./http-open.ts";
import { httpSource } from "./http-source.ts";

describe("httpSource of a server with ranges", () => {
  it("reads the right bytes, however they are asked for", async () => {
    const source = await httpSource(await serve(ranged(content)));
    expect(source.size).toBe(content.length);
    expect(source.readSync).toBeUndefined();
    const range = fc.tuple(fc.nat(content.length), fc.oneof(fc.nat(100), fc.nat(300_000)));
    await fc.assert(
      fc.asyncProperty(fc.array(range, { maxLength: 5 }), async (ranges) => {
        const asked = ranges.map(
          ([start, length]) => [start, Math.min(length, content.length - start)] as const,
        );
        const found = await Promise.all(asked.map(([start, length]) => source.read(start, length)));
        asked.forEach(([start, length], i) => {
          expect(Buffer.compare(found[i]!, content.subarray(start, start + length))).toBe(0);
        });
      }),
      { numRuns: 40 },
    );
  });

  it("asks once for what lies in one block, and for neighbours together", async () => {
    const source = await httpSource(await serve(ranged(content)));
    await source.read(10, 5);
    await source.read(block - 5, 5);
    expect(requests).toEqual(["GET bytes=0-65535"]);
    await Promise.all([source.read(block * 2 - 1, 2), source.read(block, 4)]);
    await source.read(block * 3 - 1, 1);
    expect(requests.slice(1)).toEqual([`GET bytes=${block}-${block * 3 - 1}`]);
    await source.read(0, 0);
    expect(requests.length).toBe(2);
  });

  it("asks for just the bytes of a large part, and no further than the end", async () => {
    const source = await httpSource(await serve(ranged(content)));
    await source.read(1000, 300_000);
    await source.read(content.length - 1, 1);
    expect(requests.slice(1)).toEqual([
      "GET bytes=1000-300999",
      `GET bytes=${block * 9}-${content.length - 1}`,
    ]);
  });

  it("keeps no more than 64 blocks", async () => {
    const large = new Uint8Array(70 * block);
    const source = await httpSource(await serve(ranged(large)));
    for (let i = 0; i < 70; i++) await source.read(i * block, 1);
    expect(requests.length).toBe(70);
    await source.read(69 * block, 1);
    await source.read(6 * block, 1);
    expect(requests.length).toBe(70);
    await source.read(5 * block, 1);
    expect(requests.length).toBe(71);
  });

  it("sends the headers given, with the fetch given", async () => {
    const seen: (string | undefined)[] = [];
    const url = await serve((request, response, asked) => {
      seen.push(request.headers.authorization);
      ranged(content)(request, response, asked);
    });
    let fetched = 0;
    const source = await httpSource(url, {
      headers: { Authorization: "Bearer x" },
      fetch: (input, init) => {
        fetched++;
        return fetch(input, init);
      },
    });
    await source.read(200_000, 1);
    expect(seen).toEqual(["Bearer x", "Bearer x"]);
    expect(fetched).toBe(2);
  });

  it("opens an empty file and one smaller than a block", async () => {
    expect((await httpSource(await serve(ranged(new Uint8Array())))).size).toBe(0);
    const source = await httpSource(await serve(ranged(content.subarray(0, 10))));
    expect(Array.from(await source.read(0, 10))).toEqual(Array.from(content.subarray(0, 10)));
    await expect(source.read(5, 6)).rejects.toThrow(
      /^http:\/\/127.0.0.1:\d+\/m.keras: expected 6 bytes at offset 5, received a source of 10 bytes.$/,
    );
  });

  it("asks for the size where Content-Range is hidden", async () => {
    const url = await serve((request, response, { start, end }) => {
      if (request.method === "HEAD") response.writeHead(200, { "Content-Length": content.length }).end();
      else response.writeHead(206).end(content.subarray(start, end + 1));
    });
    const source = await httpSource(url);
    expect(source.size).toBe(content.length);
    expect(Array.from(await source.read(500_000, 3))).toEqual(Array.from(content.subarray(500_000, 500_003)));
    expect(requests[1]).toBe("HEAD");
  });

  it("tries again, when it is read again, what failed", async () => {
    let fail = true;
    const url = await serve((request, response, asked) => {
      if (asked.start > 0 && fail) response.writeHead(503).end();
      else ranged(content)(request, response, asked);
    });
    const source = await httpSource(url, { attempts: 1 });
    await expect(source.read(100_000, 1)).rejects.toThrow(
      "expected status 206 or 200, received 503 Service Unavailable.",
    );
    fail = false;
    expect((await source.read(100_000, 1))[0]).toBe(content[100_000]);
  });
});

describe("httpSource of a server without ranges", () => {
  it("takes the whole file at once", async () => {
    const source = await httpSource(await serve((_, response) => response.end(content)));
    expect(source.size).toBe(content.length);
    expect(Array.from(source.readSync!(300_000, 2))).toEqual(Array.from(content.subarray(300_000, 300_002)));
    await source.read(599_999, 1);
    await expect(source.read(599_999, 2)).rejects.toBeInstanceOf(FileError);
    expect(requests.length).toBe(1);
  });

  it.each([
    ["said", { "Content-Length": "600000" }],
    ["unsaid", { "Transfer-Encoding": "chunked" }],
  ])("refuses more than the limit, be the length %s", async (_, headers) => {
    const url = await serve((_, response) => response.writeHead(200, headers).end(content));
    await expect(httpSource(url, { wholeLimit: 1000 })).rejects.toThrow(
      "m.keras: expected a server that answers range requests, received the whole file of more than 1000 bytes.",
    );
    expect((await httpSource(url, { wholeLimit: 600_000 })).size).toBe(600_000);
  });
});

describe("httpSource refuses", () => {
  it.each<[string, Handler, RegExp]>([
    [
      "other statuses",
      (_, r) => r.writeHead(404).end("no"),
      /expected status 206 or 200, received 404 Not Found\.$/,
    ],
    [
      "416 of a file with bytes",
      (_, r) => r.writeHead(416).end(),
      /expected the first bytes of the file, received status 416\.$/,
    ],
    [
      "no size at all",
      (q, r) =>
        q.method === "HEAD" ? r.writeHead(405).end() : r.writeHead(206).end(content.subarray(0, block)),
      /expected the size of the file, received an answer without it\.$/,
    ],
    [
      "another range than asked for",
      (_, r) => r.writeHead(206, { "Content-Range": "bytes 5-14/15" }).end(content.subarray(0, 10)),
      /expected 15 bytes at offset 0, received 10 bytes at offset 5\.$/,
    ],
    [
      "more than asked for",
      (_, r) => r.writeHead(206, { "Content-Range": "bytes 0-65535/600000" }).end(content),
      /expected at most 65536 bytes, received more\.$/,
    ],
    [
      "a connection that breaks",
      (_, r) => void r.socket?.destroy(),
      /expected an answer, received an error: .+\. It was asked for 5 times\.$/,
    ],
    [
      "an answer that breaks",
      (_, r) => void r.writeHead(200, { "Content-Length": 1000 }).write("x", () => r.socket?.destroy()),
      /expected the rest of an answer, received an error: .+\. It was asked for 5 times\.$/,
    ],
  ])("%s", async (_, handler, message) => {
    const error = await openHttp(await serve(handler), {}, new TestClock()).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(FileError);
    expect((error as Error).message).toMatch(message);
  });

  it.each<[string, Handler]>([
    ["another size", ranged(content.subarray(0, 500_000))],
    ["another tag", ranged(content, { ETag: '"b"' })],
    ["no range any more", (_, response) => response.end(content)],
    ["no bytes there any more", ranged(content.subarray(0, 100_000))],
    ["another date", ranged(content, { "Last-Modified": "Thu, 01 Jan 2026 00:00:00 GMT" })],
  ])("a file that has changed: %s", async (_, after) => {
    let handler = ranged(content);
    const source = await httpSource(await serve((...all) => handler(...all)));
    handler = after;
    await expect(source.read(200_000, 10)).rejects.toThrow(
      "expected the file as first seen, received another. Read it again.",
    );
  });

  it("a short answer", async () => {
    const url = await serve((request, response, { start, end }) => {
      ranged(content)(request, response, { start, end: start > 0 ? end - 1 : end });
    });
    const source = await openHttp(url, {}, new TestClock());
    await expect(source.read(100_000, 1)).rejects.toThrow(
      "expected 65536 bytes at offset 65536, received 65535 bytes. It was asked for 5 times.",
    );
  });

  it("what is no address, and shows no secrets of one", async () => {
    await expect(httpSource("model.keras")).rejects.toThrow(
      'httpSource: expected an address, received "model.keras".',
    );
    const answer = async () => new Response(null, { status: 403 });
    await expect(httpSource("http://host/f?key=secret", { fetch: answer })).rejects.toThrow(
      /^http:\/\/host\/f: expected status 206 or 200, received 403\.$/,
    );
    await expect(httpSource("http://me:pass@host/f?key=secret", { fetch: answer })).rejects.toThrow(
      /^http:\/\/host\/f: expected an address without user and password\. Give an Authorization header\.$/,
    );
  });
});
