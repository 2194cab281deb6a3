import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runAlone } from "./run-alone.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "run-alone-"));
});

afterAll(() => rmSync(folder, { recursive: true }));

function program(name: string, code: string): string {
  const path = join(folder, name);
  writeFileSync(path, code);
  return path;
}

describe("runAlone", () => {
  it("shares nothing between programs", async () => {
    const first = program("first.mjs", "globalThis.left = true;");
    const second = program("second.mjs", 'if (!globalThis.left) throw new Error("nothing is left");');
    await runAlone(first, folder);
    await expect(runAlone(second, folder)).rejects.toThrow("nothing is left");
  });

  it("runs in a folder", async () => {
    const writer = program("writer.mjs", 'import { writeFileSync } from "fs"; writeFileSync("made", "");');
    await runAlone(writer, folder);
    expect(readdirSync(folder)).toContain("made");
  });

  it.each([
    ["a promise that nobody waits for", 'Promise.reject(new Error("late"));', "late"],
    ["a wait without end", "await new Promise(() => {});", "Command failed"],
  ])("fails where there is %s", async (_, code, message) => {
    await expect(runAlone(program("wrong.mjs", code), folder)).rejects.toThrow(message);
  });
});
