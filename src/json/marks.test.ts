import { describe, expect, it } from "vitest";
import { copyMarks, isFloat, isMarked, keysOf, mark, markFloat, setKeyOrder, unmarkFloat } from "./marks.ts";

describe("marks", () => {
  it("tells marked containers from plain ones", () => {
    const marked = { a: 1 };
    mark(marked);
    mark(marked);
    expect(isMarked(marked)).toBe(true);
    expect(isMarked({ a: 1 })).toBe(false);
    expect(isMarked([])).toBe(false);
  });

  it("marks what it is told something about", () => {
    const array = [1, 2];
    markFloat(array, 1);
    const object = {};
    setKeyOrder(object, []);
    expect([isMarked(array), isMarked(object)]).toEqual([true, true]);
  });

  it("leaves no trace on the container", () => {
    const object = { a: 1 };
    markFloat(object, "a");
    expect(Reflect.ownKeys(object)).toEqual(["a"]);
    expect(object).toStrictEqual({ a: 1 });
    expect(isMarked(structuredClone(object))).toBe(false);
    expect(isMarked({ ...object })).toBe(false);
  });

  it("knows floats by key and by index", () => {
    const object = { a: 1, b: 1 };
    const array = [1, 1];
    markFloat(object, "a");
    markFloat(array, 1);
    expect([isFloat(object, "a"), isFloat(object, "b")]).toEqual([true, false]);
    expect([isFloat(array, 0), isFloat(array, 1)]).toEqual([false, true]);
    expect(isFloat({ a: 1 }, "a")).toBe(false);
    unmarkFloat(object, "a");
    expect([isFloat(object, "a"), isMarked(object)]).toEqual([false, true]);
  });

  it("works on an object that was frozen after it was marked", () => {
    const object = { a: 1 };
    mark(object);
    Object.freeze(object);
    markFloat(object, "a");
    expect(isFloat(object, "a")).toBe(true);
  });

  it("remembers the order of keys", () => {
    const object: Record<string, number> = { "10": 0, b: 0, "9": 0 };
    expect(keysOf(object)).toEqual(["9", "10", "b"]);
    setKeyOrder(object, ["10", "b", "9"]);
    expect(keysOf(object)).toEqual(["10", "b", "9"]);
    delete object.b;
    object.c = 0;
    expect(keysOf(object)).toEqual(["10", "9", "c"]);
  });

  it("copies marks, and later changes stay apart", () => {
    const from = { "2": 1, "1": 1 };
    markFloat(from, "2");
    setKeyOrder(from, ["2", "1"]);
    const to = { ...from };
    copyMarks(from, to);
    expect([isFloat(to, "2"), isFloat(to, "1"), keysOf(to)]).toEqual([true, false, ["2", "1"]]);
    markFloat(to, "1");
    expect(isFloat(from, "1")).toBe(false);
    copyMarks(to, to);
    expect(isFloat(to, "1")).toBe(true);
  });

  it("copies the bare mark too, and nothing where there is none", () => {
    const marked = {};
    mark(marked);
    const copy = { a: 1 };
    copyMarks({}, copy);
    expect(isMarked(copy)).toBe(false);
    copyMarks(marked, copy);
    expect(isMarked(copy)).toBe(true);
    markFloat(copy, "a");
    copyMarks(marked, copy);
    expect(isFloat(copy, "a")).toBe(false);
  });
});
