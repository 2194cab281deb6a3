import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { type Matrix, pageOf } from "../interop/matrix-page.ts";

it("docs/versions.md shows what is in docs/versions.json", () => {
  const matrix: Matrix = JSON.parse(readFileSync("docs/versions.json", "utf8"));
  expect(readFileSync("docs/versions.md", "utf8")).toBe(pageOf(matrix));
});
