import { describe, expect, it } from "vitest";
import {
  CeratopsError,
  ConfigError,
  EngineError,
  FileError,
  invariant,
  ModelError,
  ShapeError,
} from "./errors.ts";

describe("errors", () => {
  it.each([
    ["ConfigError", "config", ConfigError],
    ["FileError", "file", FileError],
    ["ModelError", "model", ModelError],
    ["ShapeError", "shape", ShapeError],
    ["EngineError", "engine", EngineError],
  ] as const)("%s has a code, a name and a path", (name, code, Kind) => {
    const cause = new Error("inner");
    const error = new Kind('layer "a"', "expected 1, received 2.", { cause });
    expect(error).toBeInstanceOf(Kind);
    expect(error).toBeInstanceOf(CeratopsError);
    expect(error).toMatchObject({ name, code, cause, path: 'layer "a"' });
    expect(error.message).toBe('layer "a": expected 1, received 2.');
    expect(error.issues).toEqual([{ path: 'layer "a"', message: "expected 1, received 2." }]);
  });

  it("several problems are one line each", () => {
    const issues = [
      { path: "a", message: "expected 1." },
      { path: "", message: "expected 2." },
    ];
    const cause = new Error("inner");
    const error = new ConfigError(issues, { cause });
    expect(error.message).toBe("a: expected 1.\nexpected 2.");
    expect(error).toMatchObject({ issues, path: "a", cause });
  });

  it("an invariant that does not hold is a bug of ours", () => {
    invariant(true, "never said");
    expect(() => invariant(false, "a value has no name")).toThrow(
      new Error("Ceratops has a bug: a value has no name. Please report it."),
    );
  });
});
