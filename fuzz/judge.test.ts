import { expect, it } from "vitest";
import { ConfigError, FileError } from "../src/errors.ts";
import { faultOf } from "./judge.ts";
import { Wrong } from "./reader.ts";

const caught = (body: () => unknown): unknown => {
  try {
    return body();
  } catch (error) {
    return error;
  }
};

/** An error as it would be if nothing cleaned its texts. */
const uncleaned = (path: string, message: string) =>
  Object.assign(new FileError("a", "b"), { issues: [{ path, message }] });

it.each<[string, unknown, string | null]>([
  [
    "a good error",
    new ConfigError("config.units", 'expected a number, received "undefined \\" is not a function".'),
    null,
  ],
  ["a TypeError", caught(() => (null as unknown as () => void)()), "untyped"],
  ["no error at all", 3, "untyped"],
  ["what does not hold", new Wrong("two things"), "wrong"],
  ["no path", new FileError("", "expected a file."), "unfit"],
  [
    "a TypeError's text",
    new ConfigError("config", "building Dense failed: shape.at is not a function"),
    "unfit",
  ],
  ["a shown undefined", new ConfigError("layer undefined", "expected a name."), "unfit"],
  ["an escape", uncleaned("a\u009b2J", "expected a name."), "unfit"],
  ["a right-to-left override", uncleaned("a", 'expected a name, received "\u202egpj".'), "unfit"],
  ["a lone surrogate", uncleaned("a", 'expected a name, received "\ud800".'), "unfit"],
  [
    "a second issue",
    new ConfigError([
      { path: "a", message: "b" },
      { path: "", message: "b" },
    ]),
    "unfit",
  ],
  ["a long message", uncleaned("a", "x".repeat(5000)), "unfit"],
])("%s", (_, error, what) => {
  expect(faultOf(error)?.what ?? null).toBe(what);
});
