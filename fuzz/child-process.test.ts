import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { Child } from "./child-process.ts";
import { flatten } from "./flat.ts";

const folder = mkdtempSync(join(tmpdir(), "ceratops-fuzz-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  ["an answer", 60, "process.send({ fault: null, memory: 1 });", { fault: null, memory: 1 }],
  ["a loop without an end", 0.5, "for (;;);", "hang"],
  [
    "more than memory may hold",
    60,
    "const all = []; for (;;) all.push(new Uint8Array(2 ** 26).fill(1));",
    "memory",
  ],
  ["more than the heap holds", 60, "const all = []; for (;;) all.push([all, {}]);", "died"],
  ["an end", 60, "process.exit(3);", "died"],
])("%s", async (name, seconds, body, expected) => {
  const program = join(folder, `${name}.mjs`);
  writeFileSync(program, `process.on("message", () => { ${body} }); process.send("ready");`);
  const child = new Child(program, join(folder, name), "ignore");
  writeFileSync(join(folder, name), "");
  expect(await child.ask({ reader: "any", input: flatten("x") }, seconds)).toEqual(expected);
  child.stop();
});
