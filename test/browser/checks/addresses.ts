import { httpSource } from "../../../src/saving/index.ts";
import { type BrowserCheck, expectEqual } from "../check.ts";

/** The same server under another name is another host. */
const elsewhere = () => location.origin.replace("127.0.0.1", "localhost");

/** Which of the headers that were given reached the end of the way. */
async function reached(address: string, headers: Record<string, string>): Promise<string[]> {
  const source = await httpSource(new URL(address, location.href), { headers });
  const received = JSON.parse(new TextDecoder().decode(await source.read(0, source.size))) as object;
  return Object.keys(headers).filter((name) => name.toLowerCase() in received);
}

const moved = (to: string) => `/web/moved/${encodeURIComponent(to)}`;

export const addressChecks: readonly BrowserCheck[] = [
  {
    name: "headers go along with a redirect on the page's own host",
    async run() {
      const headers = { "X-Key": "a", Authorization: "b" };
      expectEqual(await reached("/web/headers", headers), ["X-Key", "Authorization"], "without a redirect");
      expectEqual(await reached(moved("/web/headers"), headers), ["X-Key", "Authorization"], "with one");
    },
  },
  {
    name: "browsers keep Authorization from another host",
    async run() {
      const target = `${elsewhere()}/web/headers`;
      expectEqual(await reached(target, { Authorization: "b" }), ["Authorization"], "without a redirect");
      expectEqual(await reached(moved(target), { Authorization: "b" }), [], "with one");
    },
  },
  {
    name: "other headers are not sent along with a redirect of another host",
    async run() {
      const address = elsewhere() + moved("/web/headers");
      const message = await reached(address, { "X-Key": "a" }).then(String, (error: Error) => error.message);
      expectEqual(
        message.includes('expected no redirect, which could send the header "X-Key"'),
        true,
        message,
      );
    },
  },
];
