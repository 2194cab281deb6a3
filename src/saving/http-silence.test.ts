import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { FileError } from "../errors.ts";
import { loadModel } from "../node.ts";
import { content, type Handler, ranged, serve, TestClock } from "./http.fixture.ts";
import { openHttp } from "./http-open.ts";
import { loadModel as loadModelAnywhere } from "./load.ts";

const query = "?X-Amz-Signature=HUSH-SIGNATURE&plus=HUSH+PLUS%2FSLASH#HUSH-FRAGMENT";
const headers = { Authorization: "Bearer HUSH-TOKEN" };

/** All that anybody can see of an error, and of what it was caused by. */
function everythingOf(error: unknown): string {
  let text = inspect(error, { depth: 20, showHidden: true });
  for (let at = error; at instanceof Error; at = at.cause) text += `\n${at.message}\n${at.stack}\n${at}`;
  return text;
}

async function failureOf(work: () => Promise<unknown>): Promise<unknown> {
  const error = await Promise.resolve()
    .then(work)
    .then(
      () => null,
      (error: unknown) => error,
    );
  expect(error).toBeInstanceOf(FileError);
  expect(everythingOf(error)).not.toMatch(/HUSH/);
  return error;
}

describe("secrets in an address or a header are not said", () => {
  it.each<[string, Handler]>([
    ["of status 403", (_, response) => void response.writeHead(403).end()],
    ["of status 503", (_, response) => void response.writeHead(503).end()],
    ["of a broken connection", (request) => void request.socket.destroy()],
    ["of what is no HTTP", (request) => void request.socket.end("HUSH")],
    ["of a file that is none", (_, response) => response.end("none")],
    [
      "of a redirect that says them again",
      (request, response) => void response.writeHead(302, { Location: `ftp://a.b${request.url}` }).end(),
    ],
    [
      "of a redirect to nobody",
      (request, response) =>
        void response.writeHead(302, { Location: `http://127.0.0.1:1${request.url}` }).end(),
    ],
    [
      "of a redirect that is no address",
      (request, response) => void response.writeHead(302, { Location: `http://[${request.url}` }).end(),
    ],
    [
      "of a server that says them itself",
      (request, response) => void response.writeHead(500, "HUSH: \u009b31m").end(request.url),
    ],
  ])("%s", async (_, handler) => {
    const url = (await serve(handler)) + query;
    await failureOf(async () => {
      const source = await openHttp(url, { headers }, new TestClock());
      return loadModelAnywhere(source);
    });
  });

  it("of a file that is read later", async () => {
    let handler = ranged(content);
    const url = (await serve((...all) => handler(...all))) + query;
    const source = await openHttp(url, { headers }, new TestClock());
    for (const failure of [
      ranged(content, { ETag: '"other"' }),
      (request) => void request.socket.destroy(),
      (_, response) => void response.writeHead(404).end(),
    ] satisfies Handler[]) {
      handler = failure;
      await failureOf(() => source.read(300_000, 1));
    }
    await failureOf(() => source.read(600_000, 1));
  });

  it.each<[string, (address: string) => unknown]>([
    ["that fetch itself names", (address) => new TypeError(`Failed to parse URL from ${address}`)],
    [
      "in a chain of causes",
      (address) => new TypeError("fetch failed", { cause: new Error(`GET ${address}`) }),
    ],
    ["in a path alone", () => new Error(`GET /m.keras${query}`)],
    [
      "in one value alone",
      () => new Error("bad signature HUSH-SIGNATURE, HUSH PLUS/SLASH, Bearer HUSH-TOKEN"),
    ],
    [
      "in what an error carries",
      (address) => Object.assign(new Error("failed"), { config: { address, headers } }),
    ],
    ["in what is no error", (address) => `failed: ${address}`],
  ])("%s", async (_, thrown) => {
    const url = `https://a.b/m.keras${query}`;
    const fetch = () => Promise.reject(thrown(url));
    const error = await failureOf(() => openHttp(url, { fetch, headers }, new TestClock()));
    expect((error as Error).message).toMatch(
      /^https:\/\/a\.b\/m\.keras: expected an answer, received an error: .+\. It was asked for 2 times\.$/,
    );
  });

  it("the code that tells programs what happened stays", async () => {
    const cause = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
    const fetch = () => Promise.reject(new TypeError("fetch failed", { cause }));
    const error = (await failureOf(() => openHttp("https://a.b/m", { fetch }, new TestClock()))) as Error;
    expect(error.cause).toMatchObject({
      name: "TypeError",
      cause: { code: "ECONNREFUSED", message: "connect" },
    });
  });

  it("a header that is none", async () => {
    await failureOf(() =>
      openHttp("https://a.b/m", { headers: { "X-Key": "HUSH-TOKEN\n" } }, new TestClock()),
    );
  });

  it.each([
    "http://[?HUSH",
    "http://me:HUSH@[",
    "https://a.b:x/m.keras?HUSH",
    " https://me:HUSH@a.b/m.keras",
    "https:/me:HUSH@a.b/m.keras",
    "s3://bucket/m.keras?X-Amz-Signature=HUSH",
    "ftp://me:HUSH@a.b/m.keras",
    "file://host/m.keras?HUSH",
  ])("an address that cannot be opened: %s", async (address) => {
    await failureOf(() => loadModel(address));
    if (URL.canParse(address)) await failureOf(() => loadModel(new URL(address)));
    if (URL.canParse(address)) await failureOf(() => loadModelAnywhere(new URL(address)));
  });

  it("an address that holds all of a file", async () => {
    const address = new URL("data:application/zip;base64,HUSH");
    await failureOf(() => loadModel(address));
    await failureOf(() => loadModelAnywhere(address));
  });
});
