import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bundleProgram } from "../tools/bundle.ts";
import { CEILINGS, measure } from "../tools/size.ts";

describe.skipIf(!existsSync("src/index.ts"))("size of bundles, gzip", () => {
  it.each(CEILINGS)("$name: at most $limit KB: $reason", async (ceiling) => {
    const { kilobytes, found } = await measure(ceiling);
    expect(found, "what must not appear in the bundle").toEqual([]);
    expect(kilobytes).toBeLessThanOrEqual(ceiling.limit);
  });

  it("an import of every public name that is never used costs nothing", async () => {
    const { code } = await bundleProgram(`
      import * as all from "ceratops";
      import * as layers from "ceratops/layers";
      import * as fields from "ceratops/fields";
      import * as saving from "ceratops/saving";
    `);
    expect(code).toBe("");
  });
});
