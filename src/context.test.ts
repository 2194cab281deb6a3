import { expect, it } from "vitest";
import { within } from "./context.ts";
import { ModelError } from "./errors.ts";

/** How many calls the stack has room for here. */
function room(): number {
  try {
    return 1 + room();
  } catch {
    return 0;
  }
}

it("fails while there is still room on the stack, and says how deep it was and where", () => {
  const rooms: number[] = [];
  let levels = 0;
  const deeper = (level: number): void => {
    levels = level;
    const body = () => {
      try {
        deeper(level + 1);
      } catch (error) {
        if (rooms.length === 0) rooms.push(room());
        // V8 ends the process where there is no room to compile it.
        expect(new RegExp(`[\\p{Cc}\\p{Cf}]|${level}`, "gu").test(`${level}`)).toBe(true);
        throw error;
      }
    };
    within(body, () => `level ${level}`, ModelError);
  };
  expect(() => deeper(1)).toThrow(
    /^level 1: expected nesting that JavaScript's stack has room for, .*: \d+ steps are inside each other, the innermost at level \d+\.$/,
  );
  expect(levels).toBeGreaterThan(100);
  expect(rooms[0]).toBeGreaterThan(100);
});

it("an error that is no full stack stays as it is", () => {
  const error = new RangeError("too long");
  const fail = () => {
    throw error;
  };
  expect(() =>
    within(
      () => within(fail, () => "inner"),
      () => "outer",
    ),
  ).toThrow(error);
});
