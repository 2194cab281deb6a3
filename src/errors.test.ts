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

  it.each([
    ["an escape sequence", "\u001b[31mred", "\\u001b[31mred"],
    ["a control character of one byte", "\u009b2J", "\\u009b2J"],
    ["a bidirectional override", "a\u202eb", "a\\u202eb"],
    ["what has no width", "a\u200bb\ufeff", "a\\u200bb\\ufeff"],
    ["a tag outside of the basic plane", "a\u{e0041}b", "a\\udb40\\udc41b"],
    ["half of a pair", "a\ud83db", "a\\ud83db"],
    ["a line break", "a \r\n  b\u2028c", "a b\\u2028c"],
  ])("%s reaches neither a terminal nor a log", (_, raw, shown) => {
    const error = new FileError(raw, raw);
    expect(error.message).toBe(`${shown}: ${shown}`);
    expect(error.issues).toEqual([{ path: shown, message: shown }]);
    expect(error.path).toBe(shown);
  });

  it("a text of any length, and any number of problems, make a text that can be read", () => {
    const long = "\u001b".repeat(1_000_000);
    expect(new FileError(long, `${long}!`).message).toHaveLength(1003 + 2 + 2003);
    expect(new FileError(long, `${long}!`).message).toMatch(/!$/);
    const issues = Array.from({ length: 100_000 }, (_, i) => ({
      path: `layers[${i}]`,
      message: "expected 1.",
    }));
    const error = new ConfigError(issues);
    expect(error.issues).toHaveLength(100_000);
    expect(error.message.split("\n")).toHaveLength(51);
    expect(error.message).toMatch(/\nlayers\[49\]: expected 1\.\n… and 99950 more\.$/);
    const longer = issues.slice(0, 50).map(({ path }) => ({ path, message: long }));
    expect(new ConfigError(longer).message).toMatch(/\n… and 40 more\.$/);
  });

  it("an invariant that does not hold is a bug of ours", () => {
    invariant(true, "never said");
    expect(() => invariant(false, "a value has no name")).toThrow(
      new Error("Ceratops has a bug: a value has no name. Please report it."),
    );
  });
});
