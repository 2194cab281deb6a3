import { describe, expect, it } from "vitest";
import { Functional, Input, type Tensor, type Variable } from "../../src/index.ts";
import { Dense } from "../../src/layers/core/dense.ts";
import { Layer } from "../../src/layers/layer.ts";
import type { Numeric, Operand } from "../../src/program/emit.ts";
import { numbers } from "./common.ts";

/** Keras's scopes show in the paths of variables; here nothing else needs them. */
class Scope extends Layer {
  static override readonly className = "Scope";
  readonly inner: Layer | null;
  declare own: Variable;
  constructor({ inner = null, ...rest }: { inner?: Layer | null; name?: string } = {}) {
    super(rest);
    this.inner = inner;
  }
  override getConfig() {
    return super.getConfig();
  }
  override build(): void {
    this.own = this.addWeight({ name: "w", shape: [], initializer: "zeros" });
  }
  override call(x: Operand): Operand {
    return this.inner ? this.inner.apply<Numeric>(x) : x;
  }
}

const paths = (layer: Layer) => layer.variables.map(({ path }) => path);

describe("backend/common/name_scope_test.py", () => {
  it("test_stacking: a layer's name in front of what it makes, those around it before", () => {
    const outer = new Scope({
      name: "outer",
      inner: new Scope({ name: "middle", inner: new Dense({ units: 1, name: "inner" }) }),
    });
    outer.apply<Tensor>(numbers([1, 2]));
    expect(paths(outer)).toEqual([
      "outer/w",
      "outer/middle/w",
      "outer/middle/inner/kernel",
      "outer/middle/inner/bias",
    ]);
    const after = new Scope({ name: "after" });
    after.apply<Tensor>(numbers([1, 2]));
    expect(paths(after)).toEqual(["after/w"]);
  });

  it("test_deduplication: a layer that is called and then built counts once, two of one name twice", () => {
    const twice = new Scope({ name: "name", inner: new Scope({ name: "name" }) });
    twice.apply<Tensor>(numbers([1, 2]));
    expect(paths(twice)).toEqual(["name/w", "name/name/w"]);
  });

  it("test_override_parent: the layers of a Functional are named by themselves", () => {
    const inputs = Input({ shape: [2] });
    const inside = new Functional({
      inputs,
      outputs: new Dense({ units: 1, name: "dense" }).apply(inputs),
      name: "model",
    });
    const outer = new Scope({ name: "outer", inner: inside });
    outer.apply<Tensor>(numbers([1, 2]));
    expect(paths(outer)).toEqual(["outer/w", "dense/kernel", "dense/bias"]);
  });

  it("test_stacking: what fails leaves no name behind", () => {
    class Failing extends Layer {
      static override readonly className = "Failing";
      override call(): never {
        throw new RangeError("oops");
      }
    }
    expect(() => new Scope({ name: "outer", inner: new Failing() }).apply<Tensor>(numbers([1, 2]))).toThrow(
      "oops",
    );
    const after = new Scope({ name: "after" });
    after.apply<Tensor>(numbers([1, 2]));
    expect(paths(after)).toEqual(["after/w"]);
  });
});
