import { describe, expect, it } from "vitest";
import { EngineError } from "../errors.ts";
import { aCallback, aText, checkOption, isCallback, type OptionKind } from "./check-options.ts";
import { aCount, texts } from "./option-kinds.ts";

describe("an option", () => {
  it.each<[OptionKind, unknown, string]>([
    [aText, 3, "a string, received 3."],
    [texts, ["a", null], 'a list of strings, received ["a", null].'],
    [aCallback, class Wrong {}, "a function, received [class Wrong]."],
    [aCount, -1, "an integer from 0 on, received -1."],
    [aCount, 10n, "an integer from 0 on, received 10n."],
  ])("is %s, and not %s", (kind, given, message) => {
    expect(() => checkOption("f", { option: given }, "option", kind, EngineError)).toThrow(
      new EngineError("f", `expected option to be ${message}`),
    );
  });

  it.each<[OptionKind, unknown]>([
    [aText, ""],
    [texts, []],
    [aCallback, () => 1],
    [aCallback, async () => 1],
    [aCount, 0],
    [aCount, null],
    [aCount, undefined],
  ])("may be %s: %s", (kind, given) => {
    checkOption("f", { option: given }, "option", kind);
  });
});

it("can be called, or is a class", () => {
  const method = { run() {} }.run;
  expect([method, parseInt, function named() {}].map(isCallback)).toEqual([true, true, true]);
  expect([class {}, class Named extends Map {}, 3, null].map(isCallback)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
