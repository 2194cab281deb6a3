import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { capture } from "../capture.fixture.ts";

const home = process.cwd();
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ceratops-"));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

it("demo writes a model that computes exclusive or, and shows what can be done with it", async () => {
  const { code, stdout, stderr } = await capture(["demo"]);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout.match(/\d xor \d = [\d.]+/g)).toEqual([
    "0 xor 0 = 0.007",
    "0 xor 1 = 0.993",
    "1 xor 0 = 0.993",
    "1 xor 1 = 0.007",
  ]);
  expect(stdout).toContain("largest difference 0\n");
  expect(readdirSync(folder).sort()).toEqual(["ceratops-demo.keras", "ceratops-demo.onnx"]);
  expect((await capture(["check", "ceratops-demo.keras"])).code).toBe(0);
});

it("demo writes over nothing", async () => {
  await capture(["demo"]);
  const { code, stdout, stderr } = await capture(["demo"]);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("ceratops-demo.keras: expected no file of this name, received one.");
});
