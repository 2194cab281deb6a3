import { openHttp } from "../../src/saving/http-open.ts";
import { jsonText } from "../mutate/json-text.ts";
import { mutatePlain } from "../mutate/plain.ts";
import { expectThat, type Plain, type Reader } from "../reader.ts";

/** What a server says, one answer after the other; the last one again and again. */
interface Served {
  [key: string]: Plain;
  answers: Plain[];
}

const address = "https://files.example/model.keras?token=geheim";
const length = 3000;

/** More than any wait between two attempts: those are over at once, this never comes. */
const patience = 90_000;
const clock = {
  now: () => 0,
  random: () => 0.5,
  after(milliseconds: number, run: () => void) {
    if (milliseconds < patience) setImmediate(run);
    return () => undefined;
  },
};

const ranged: Plain = {
  status: 206,
  headers: {
    "content-range": `bytes 0-${length - 1}/${length}`,
    etag: '"1"',
    "content-length": String(length),
  },
  size: length,
};
const whole: Plain = { status: 200, headers: { "content-length": String(length) }, size: length };

/** Answers of web servers to requests for ranges. */
export const http: Reader<Served> = {
  name: "HTTP",
  share: 8,
  seeds: () => [
    { answers: [ranged] },
    { answers: [whole] },
    { answers: [{ status: 302, headers: { location: "https://other.example/a" }, size: 0 }, ranged] },
    { answers: [{ status: 503, headers: { "retry-after": "1" }, size: 10 }, ranged] },
    { answers: [ranged, { status: 206, headers: { "content-range": "bytes 5-9/3000" }, size: 5 }] },
    { answers: [{ status: 416, headers: { "content-range": "bytes */3000" }, size: 0 }] },
  ],
  mutate: ({ answers }, random, seeds) => ({
    answers: mutatePlain(answers, random, random.pick(seeds).answers),
  }),
  async run({ answers }) {
    let asked = 0;
    const fetch = async () => {
      expectThat(asked < 100, "a server is asked 100 times");
      return responseOf(
        Array.isArray(answers) ? (answers[Math.min(asked++, answers.length - 1)] ?? null) : null,
      );
    };
    try {
      const source = await openHttp(address, { fetch, attempts: 3, timeout: patience }, clock);
      for (const offset of [0, 1000, source.size - 10]) {
        const { length } = await source.read(offset, 10);
        expectThat(length === 10, "fewer bytes are given than were asked for");
      }
    } catch (error) {
      expectThat(!String(error).includes("geheim"), "a message has what is secret in an address");
      throw error;
    }
  },
};

/** An answer as `fetch` gives it, which gives none that is impossible. */
function responseOf(answer: Plain): Response {
  const { status = 200, headers = {}, size = 0 } = (answer ?? {}) as { [key: string]: Plain };
  const pairs = Object.entries(headers ?? {}).map(([key, value]): [string, string] => [
    key,
    typeof value === "string" ? value : jsonText(value),
  ]);
  const most = typeof size === "number" && size > 0 ? Math.min(size, 2 ** 22) : 0;
  const body = [204, 205, 304].includes(status as number) ? null : new Uint8Array(most);
  try {
    return new Response(body, { status: status as number, headers: pairs });
  } catch {
    throw new TypeError("fetch failed");
  }
}
