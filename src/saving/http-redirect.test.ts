import { afterEach, describe, expect, it, vi } from "vitest";
import { FileError } from "../errors.ts";
import { content, type Handler, ranged, requests, serve, TestClock } from "./http.fixture.ts";
import { type HttpSourceOptions, openHttp } from "./http-open.ts";

const given = { Authorization: "Bearer TOKEN", Cookie: "a=TOKEN", "X-Api-Key": "TOKEN" };

const to =
  (location: string, status = 302): Handler =>
  (_, response) =>
    void response.writeHead(status, { Location: location }).end("moved");

const open = (url: string, options: HttpSourceOptions = {}) => openHttp(url, options, new TestClock());

async function messageOf(work: Promise<unknown>): Promise<string> {
  const error = await work.catch((error: unknown) => error);
  expect(error).toBeInstanceOf(FileError);
  return (error as Error).message;
}

afterEach(() => vi.unstubAllGlobals());

describe("redirects", () => {
  it.each([301, 302, 303, 307, 308])("with status %d are followed, for each range", async (status) => {
    const url = await serve((request, response, asked) => {
      if (request.url === "/m.keras") to("/there?v=1", status)(request, response, asked);
      else ranged(content)(request, response, asked);
    });
    const source = await open(url);
    expect(await source.read(300_000, 2)).toEqual(content.slice(300_000, 300_002));
    expect(requests.length).toBe(4);
  });

  it("do not end, and are not followed for ever", async () => {
    const url = await serve(to("/m.keras"));
    expect(await messageOf(open(url))).toBe(`${url}: expected at most 20 redirects, received more.`);
    expect(requests.length).toBe(21);
  });

  it("without an address are an answer like others", async () => {
    const url = await serve((_, response) => void response.writeHead(302).end());
    expect(await messageOf(open(url))).toBe(`${url}: expected status 206 or 200, received 302 Found.`);
  });

  it.each([
    ["file:///etc/passwd", "file:///etc/passwd"],
    ["data:text/plain,SECRET", "data:…"],
    ["blob:http://a.b/1?SECRET", "blob:http://a.b/1"],
    ["javascript:SECRET", null],
    ["ftp://a.b/m.keras?SECRET", "ftp://a.b/m.keras"],
    ["http://me:SECRET@a.b/m.keras#SECRET", "http://a.b/m.keras"],
    ["http://[?SECRET", "http://["],
  ])("to %s are refused, and no secret of theirs is said", async (location, shown) => {
    const url = await serve(to(location));
    const message = await messageOf(open(url));
    expect(message).toContain(
      `${url}: expected a redirect to an address of https: without user and password, received `,
    );
    if (shown !== null) expect(message).toContain(`received "${shown}".`);
    expect(requests.length).toBe(1);
  });

  it("lead from https: to https: only", async () => {
    const asked: string[] = [];
    const fetch = async (address: URL | RequestInfo) => {
      asked.push(String(address));
      const location = asked.length === 1 ? "https://b.c/m.keras" : "http://b.c/m.keras?SECRET";
      return new Response(null, { status: 302, headers: { Location: location } });
    };
    expect(await messageOf(open("https://a.b/m.keras", { fetch }))).toBe(
      "https://a.b/m.keras: expected a redirect to an address of https: without user and password, " +
        'received "http://b.c/m.keras".',
    );
    expect(asked).toEqual(["https://a.b/m.keras", "https://b.c/m.keras"]);
  });
});

it.each([undefined, null, "x", {}, { status: 200 }])(
  "what fetch gives is a Response, and not %j",
  async (given) => {
    const fetch = async () => given as unknown as Response;
    expect(await messageOf(open("https://a.b/m", { fetch }))).toMatch(
      /^https:\/\/a\.b\/m: expected fetch to give a Response, received .+\.$/,
    );
  },
);

describe("headers that were given", () => {
  /** What each address was sent of them, on a way along `addresses`. */
  async function sentAlong(addresses: readonly string[], headers: Record<string, string> = given) {
    const sent: string[] = [];
    const fetch = async (_: unknown, request?: RequestInit) => {
      const names = Object.keys(request?.headers ?? {}).filter((name) => name !== "Range");
      sent.push(names.join());
      expect(request?.redirect).toBe("manual");
      const location = addresses[sent.length];
      if (location) return new Response(null, { status: 302, headers: { Location: location } });
      return new Response("x");
    };
    await open(addresses[0]!, { fetch, headers });
    return sent;
  }
  const all = Object.keys(given).join();

  it.each<[string, readonly string[], readonly string[]]>([
    ["go on with the same host", ["http://a.b/1", "http://a.b/2", "/3"], [all, all, all]],
    ["go on with the same host by a safe connection", ["http://a.b/1", "https://a.b/1"], [all, all]],
    ["stay with the host", ["https://a.b/1", "https://c.d/1"], [all, ""]],
    ["stay with the host of a name inside", ["https://a.b/1", "https://c.a.b/1"], [all, ""]],
    ["stay with the port", ["http://a.b:81/1", "http://a.b:82/1"], [all, ""]],
    ["stay with the port by a safe connection too", ["http://a.b:81/1", "https://a.b/1"], [all, ""]],
    ["do not come back", ["https://a.b/1", "https://c.d/1", "https://a.b/2"], [all, "", ""]],
  ])("%s", async (_, addresses, expected) => {
    expect(await sentAlong(addresses)).toEqual(expected);
  });

  it("are not the range that is asked for", async () => {
    const seen: unknown[] = [];
    const url = await serve((request, response, asked) => {
      seen.push(request.headers.range, request.headers["if-range"]);
      ranged(content)(request, response, asked);
    });
    await open(url, { headers: { range: "bytes=5-6", "IF-RANGE": "x" } });
    expect(seen).toEqual(["bytes=0-65535", undefined]);
  });

  it("do not reach another server", async () => {
    const seen: unknown[] = [];
    const target = await serve((request, response, asked) => {
      seen.push(JSON.stringify(request.headers).includes("TOKEN"));
      ranged(content)(request, response, asked);
    });
    const url = await serve(to(target));
    await (await open(url, { headers: given })).read(300_000, 1);
    expect(seen).toEqual([false, false]);
  });
});

describe("in a page, which is not shown where a redirect leads", () => {
  /** A browser's `fetch` of an address that is redirected to `target`. */
  function browser(target: string) {
    const sent: (string | undefined)[] = [];
    const fetch = async (_: unknown, request?: RequestInit) => {
      sent.push(
        [request?.redirect, request?.mode, ...Object.keys(request?.headers ?? {})].filter(Boolean).join(" "),
      );
      const hidden = request?.redirect === "manual";
      return Object.defineProperties(new Response(hidden ? null : "x"), {
        type: { value: hidden ? "opaqueredirect" : "cors" },
        status: { value: hidden ? 0 : 200 },
        url: { value: hidden ? "" : target },
      });
    };
    return { fetch, sent };
  }

  it.each<[Record<string, string>, string]>([
    [{}, "follow Range"],
    [{ authorization: "Bearer TOKEN", Accept: "*/*" }, "follow authorization Accept Range"],
  ])("it is followed with headers that browsers keep from others: %j", async (headers, second) => {
    vi.stubGlobal("location", new URL("https://page/"));
    const { fetch, sent } = browser("https://c.d/m.keras");
    await open("https://a.b/m.keras", { fetch, headers });
    expect(sent).toEqual([second.replace("follow", "manual"), second]);
  });

  it("others are sent where the browser does not leave the page's host", async () => {
    vi.stubGlobal("location", new URL("https://page/x.html"));
    const { fetch, sent } = browser("https://page/there");
    await open("https://page/m.keras", { fetch, headers: { "X-Api-Key": "TOKEN" } });
    expect(sent[1]).toBe("follow same-origin X-Api-Key Range");
  });

  it("and nowhere else", async () => {
    vi.stubGlobal("location", new URL("https://page/"));
    const { fetch, sent } = browser("https://c.d/m.keras");
    expect(await messageOf(open("https://a.b/m.keras", { fetch, headers: { "X-Api-Key": "TOKEN" } }))).toBe(
      'https://a.b/m.keras: expected no redirect, which could send the header "X-Api-Key" to another host, ' +
        "received one. Give the address that it leads to.",
    );
    expect(sent.length).toBe(1);
  });

  it("what came from http: is not taken for what https: should bring", async () => {
    const { fetch } = browser("http://c.d/m.keras?SECRET");
    expect(await messageOf(open("https://a.b/m.keras", { fetch }))).toBe(
      "https://a.b/m.keras: expected a redirect to an address of https: without user and password, " +
        'received "http://c.d/m.keras".',
    );
  });

  it("a tag is not asked for again of another host, which would have to allow it", async () => {
    const seen: unknown[] = [];
    const url = await serve((request, response, asked) => {
      seen.push(request.headers["if-range"]);
      ranged(content, { ETag: '"a"' })(request, response, asked);
    });
    vi.stubGlobal("location", new URL("https://page/"));
    await (await open(url)).read(300_000, 1);
    vi.stubGlobal("location", new URL(url));
    await (await open(url)).read(300_000, 1);
    expect(seen).toEqual([undefined, undefined, undefined, '"a"']);
  });
});
