import { expect, it } from "vitest";
import type { Input, Plain } from "./reader.ts";
import { reduce } from "./reduce.ts";

const soon = () => Date.now() + 60_000;

it("bytes: what is not needed goes, the rest is zero", async () => {
  const input = Uint8Array.from({ length: 300 }, (_, i) => i);
  const shows = async (bytes: Input) => {
    const at = (bytes as Uint8Array).indexOf(200);
    return at >= 0 && (bytes as Uint8Array).length >= 3;
  };
  expect([...((await reduce(input, shows, soon())) as Uint8Array)].sort((a, b) => a - b)).toEqual([
    0, 0, 200,
  ]);
});

it("values: members, and what is around what is needed", async () => {
  const input: Plain = { a: [1, { b: { units: -1, name: "x" } }, 3], c: { d: [[[]]] } };
  const shows = async (value: Input) => JSON.stringify(value)?.includes('"units":-1');
  expect(await reduce(input, shows, soon())).toEqual({ a: { units: -1 } });
});

it("text: characters", async () => {
  expect(await reduce('{"a": [1, NaN]}', async (text) => /N.?a/.test(text as string), soon())).toBe("Na");
});
