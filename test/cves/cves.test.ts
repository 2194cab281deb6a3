import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import type { Outcome } from "./outcome.ts";
import { pageOf } from "./page.ts";
import { reported } from "./reported.ts";
import { samples } from "./samples.ts";

const { stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "test/cves/run-sealed.ts"], {
  encoding: "utf8",
});
if (stdout === "") throw new Error(`expected outcomes, received ${stderr}`);
const outcomes: Readonly<Record<string, Outcome>> = JSON.parse(stdout);

it.each(Object.keys(samples))("%s is stopped", (name) => {
  expect(outcomes[name]).toMatchObject({ verdict: "dangerous", usable: false, exitCode: 1, reached: null });
});

it("has a report for each sample", () => {
  const used = reported.flatMap(({ sample }) => (typeof sample === "string" ? [sample] : []));
  expect([...new Set(used)].sort()).toEqual(Object.keys(samples).sort());
});

it("the page says so", async () => {
  await expect(pageOf(outcomes)).toMatchFileSnapshot("../../docs/cves.md");
});
