import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { built, type GoldenOptimizer, gradientsOf, tensorOf, UPDATES } from "../../test/golden-optimizers.ts";
import { expectClose } from "../engines/expect-close.ts";
import { useReference } from "../engines/reference/index.ts";
import { stringifyPythonJson } from "../json/stringify.ts";
import { copyObject } from "../registry/configurable.ts";
import { serialize } from "../registry/serialize.ts";
import type { Muon } from "./index.ts";

beforeAll(useReference);

const { optimizers } = JSON.parse(readFileSync(new URL("muon.golden.json", import.meta.url), "utf8")) as {
  readonly optimizers: readonly GoldenOptimizer[];
};

describe("Muon of Keras 3.12", () => {
  it.each(optimizers.map((record) => ({ ...record, version: "3.12", dialect: 312 })))("$id", (record) => {
    const { optimizer, variables } = built(record);
    expect(stringifyPythonJson(serialize(optimizer))).toBe(record.config_text);
    expect(stringifyPythonJson(serialize(copyObject(optimizer)))).toBe(record.config_text);
    const facts = optimizer.variables.map(({ path, shape, dtype }) => ({ path, shape, dtype }));
    expect(facts).toEqual(record.variables);
    for (let step = 0; step < UPDATES; step++) {
      optimizer.apply(gradientsOf(record, step), variables);
      for (const [i, variable] of variables.entries())
        expectClose(
          variable.value,
          tensorOf(record.values![step]![i]!, variable),
          `${variable.path} in step ${step}`,
        );
    }
    for (const [i, variable] of optimizer.variables.entries())
      expectClose(variable.value, tensorOf(record.values![UPDATES]![i]!, variable), variable.path);
    expect(stringifyPythonJson(serialize(optimizer))).toBe(record.config_text_after);
  });

  it("is another than that of newer versions, also when it is copied", () => {
    const { optimizer } = built({ ...optimizers[0]!, version: "3.12", dialect: 312 });
    expect((optimizer as Muon).widensTall).toBe(true);
    expect((copyObject(optimizer) as Muon).widensTall).toBe(true);
    expect((built({ ...optimizers[0]!, version: "3.13", dialect: 313 }).optimizer as Muon).widensTall).toBe(
      false,
    );
  });
});
