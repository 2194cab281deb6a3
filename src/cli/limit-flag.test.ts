import { expect, it } from "vitest";
import { capture } from "./capture.fixture.ts";

const file = "golden/3.6/files/dense.keras";

it.each<[line: readonly string[], text: string]>([
  [["summary", file, "--limit", "jsonValues=5"], "expected at most 5 values of JSON"],
  [["config", file, "--limit", "members=1"], "expected at most 1 members"],
  [["weights", file, "--limit", "objects=1"], "expected at most 1 groups, datasets, attributes or objects"],
  [["check", file, "--limit", "declaredBytes=5"], "expected at most 5 declared bytes of arrays"],
])("%j lowers what the file may ask for", async (line, text) => {
  const { code, stdout, stderr } = await capture(line);
  expect(code).toBe(1);
  expect(stdout + stderr).toContain(text);
});

it("may be given again, and be Infinity", async () => {
  const { code } = await capture(["check", file, "--limit", "members=9", "--limit", "jsonValues=Infinity"]);
  expect(code).toBe(0);
});

it.each(["jsonValues", "jsonValues=", "jsonValues=-1", "words=5", "members=1=2"])(
  "refuses %s",
  async (text) => {
    const { code, stderr } = await capture(["check", file, "--limit", text]);
    expect(code).toBe(2);
    expect(stderr).toContain("a name and a number, such as jsonValues=5000000");
  },
);
