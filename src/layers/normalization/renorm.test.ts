import { describe, expect, it } from "vitest";
import { BatchNormalization } from "./index.ts";

describe("the bounds of batch renormalization", () => {
  it("are none where they are not given, and kept where nothing is renormalized", () => {
    expect(new BatchNormalization({ renorm: true }).renorm_clipping).toEqual({});
    expect(new BatchNormalization().renorm_clipping).toBeNull();
  });

  it.each<[object, string]>([
    [{ rmax: 1, rmin: 2 }, "expected rmax of at least rmin, received {"],
    [{ dmax: -1 }, "expected dmax of at least 0, received {"],
    [{ max: 1 }, "expected numbers as rmin, rmax and dmax, and nothing else, received {"],
    [{ rmax: "1" }, "expected numbers as rmin, rmax and dmax, and nothing else, received {"],
    [[1], "expected an object of rmin, rmax and dmax, received [1]."],
  ])("%j are refused", (renorm_clipping, message) => {
    expect(() => new BatchNormalization({ renorm: true, renorm_clipping: renorm_clipping as never })).toThrow(
      `BatchNormalization.renorm_clipping: ${message}`,
    );
  });
});
