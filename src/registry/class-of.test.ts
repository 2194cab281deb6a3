import { describe, expect, it } from "vitest";
import { number } from "../fields/shorthands.ts";
import { classOf, nameOf } from "./class-of.ts";
import { Configurable } from "./configurable.ts";

describe("nameOf", () => {
  it.each([
    [{}, { className: "A", module: null, registeredName: "A" }],
    [{ package: "p" }, { className: "A", module: null, registeredName: "p>A" }],
    [{ module: "keras.layers" }, { className: "A", module: "keras.layers", registeredName: null }],
  ])("of a class with %j", (settings, expected) => {
    expect(nameOf("A", settings)).toEqual(expected);
  });
});

describe("classOf", () => {
  class Base extends Configurable {}
  const facts = { ...nameOf("Made", {}), fields: { size: number(2) }, more: 3 };

  it("makes a class that says these facts, with fields of their types", () => {
    class Made extends classOf(Base, facts) {}
    expect([Made.className, Made.module, Made.registeredName]).toEqual(["Made", null, "Made"]);
    expect(Reflect.get(Made, "more")).toBe(3);
    const made = new Made({ size: 5 });
    const size: number = made.size;
    expect(made).toBeInstanceOf(Base);
    expect(size).toBe(5);
  });

  it("leaves its statics to be assigned in a class below, as older targets compile them", () => {
    const Made = class extends classOf(Base, facts) {};
    expect(Object.assign(Made, { className: "Other" }).className).toBe("Other");
  });
});
