import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { calling, runCalling, runOutside } from "./calling.ts";

describe("runCalling", () => {
  it("changes what it is told for as long as the body runs", () => {
    expect(calling().training).toBeNull();
    runCalling({ training: true }, () => {
      runCalling({ computeDtype: "float16" }, () => {
        expect([calling().training, calling().computeDtype]).toEqual([true, "float16"]);
      });
      expect(calling().computeDtype).toBeNull();
      expect(runOutside(null, () => calling().training)).toBeNull();
    });
    expect(() =>
      runCalling({ training: true }, () => {
        throw new Error("inside");
      }),
    ).toThrow("inside");
    expect(calling().training).toBeNull();
  });

  it("refuses a promise, and does not leave its failure unhandled", () => {
    const fails = async () => {
      throw new Error("later");
    };
    expect(() => runCalling({}, fails, () => "layer")).toThrow(
      "layer: expected to return at once, received a promise. It must not be async.",
    );
  });
});

describe("what a trace gives", () => {
  it("is the same in a fresh process and after tensors were made", () => {
    const script = (before: string) => `
      import { tensor, Input, Functional } from "../index.ts";
      import { layer } from "../layers/define.ts";
      import * as ops from "../ops/index.ts";
      ${before}
      class Waves extends layer("Waves", {}, { package: "test" }) {
        call(x) { return ops.multiply(x, ops.exp(ops.negative(ops.arange(4, { dtype: "float32" })))); }
      }
      const x = Input({ shape: [4], name: "x" });
      const model = new Functional({ inputs: x, outputs: new Waves({ name: "w" }).apply(x), name: "m" });
      process.stdout.write(Buffer.from(await model.export()).toString("hex"));`;
    const folder = fileURLToPath(new URL(".", import.meta.url));
    const run = (before: string) =>
      execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script(before)], {
        cwd: folder,
        encoding: "utf8",
      });
    const fresh = run("");
    expect(fresh.length).toBeGreaterThan(100);
    expect(run("tensor([1]);")).toBe(fresh);
  });
});
