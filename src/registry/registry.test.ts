import { describe, expect, it } from "vitest";
import { Dense, Dropout } from "../layers/index.ts";
import { Registry } from "./registry.ts";

describe("a registry that is made later", () => {
  it("is made when it is first asked, once", () => {
    let times = 0;
    const later = Registry.later(() => {
      times++;
      return new Registry([Dense]);
    });
    const extended = later.with({ Own: Dropout });
    expect(times).toBe(0);
    expect(extended.builtin("keras.layers", "Dense")).toBe(Dense);
    expect(later.names()).toEqual(["Dense"]);
    expect(extended.names()).toEqual(["Dense", "Own"]);
    expect(times).toBe(1);
  });
});
