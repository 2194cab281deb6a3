import { describe, expect, it } from "vitest";
import { float, opaque } from "../../src/fields/shorthands.ts";
import type { CallArgument } from "../../src/graph/graph.ts";
import { aTensor, takes } from "../../src/graph/signature.ts";
import { Input, KerasTensor, Operation, type Tensor } from "../../src/index.ts";
import { layer } from "../../src/layers/define.ts";
import { add, multiply } from "../../src/ops/index.ts";
import type { Numeric, Operand } from "../../src/program/emit.ts";
import { messageOf, numbers, textOf, values } from "./common.ts";

class MultipleInputs extends layer(
  "MultipleInputs",
  {},
  { package: "parity", call: takes("x", { x: aTensor(), y: aTensor(), z: aTensor() }) },
) {
  override call(x: Operand, { y, z }: { y: Operand; z: Operand }): Numeric {
    return add(add(multiply(z, 3), x), multiply(y, 2)) as Numeric;
  }
}

class MultipleOutputs extends layer("MultipleOutputs", {}, { package: "parity" }) {
  override call(x: Operand): Operand[] {
    return [x, add(x, 1)];
  }
}

/** Options become the config by their fields: a default is there as well. */
class WithOptions extends layer("WithOptions", { alpha: float(), beta: float(1) }, { package: "parity" }) {}

class OwnConfig extends layer("OwnConfig", {}, { package: "parity" }) {
  alpha: number;
  constructor({ alpha, ...rest }: { alpha: number; name?: string }) {
    super(rest);
    this.alpha = alpha;
  }
  override getConfig() {
    return { ...super.getConfig(), alpha: this.alpha };
  }
}

/** Without a name in its config: its options are its own. */
class NoName extends Operation {
  static override readonly className = "NoName";
  static override readonly fields = { alpha: float(), beta: float(1) };
  protected override compute(): never {
    throw new Error("never called");
  }
}

const symbol = () => Input({ batch_shape: [2, 3] });

describe("ops/operation_test.py", () => {
  it("test_symbolic_call: positions and names, a call each time, several outputs", () => {
    const [x, y, z] = [symbol(), symbol(), symbol()];
    const calls: readonly (readonly CallArgument[])[] = [
      [x, y, z],
      [x, { y, z }],
      [x, y, { z }],
    ];
    for (const args of calls) {
      const operation = new MultipleInputs({ name: "my_op" });
      expect(operation.name).toBe("my_op");
      const out = (operation as Operation).apply(...args);
      expect(out).toBeInstanceOf(KerasTensor);
      expect(out.shape).toEqual([2, 3]);
      expect(operation.inboundNodes).toHaveLength(1);
      expect(operation.inboundNodes[0]!.inputs).toEqual([x, y, z]);
      expect(operation.output).toBe(out);
      (operation as Operation).apply(...args);
      expect(operation.inboundNodes).toHaveLength(2);
      expect(operation.output).toBe(out);
    }
    const several = new MultipleOutputs();
    const outputs = several.apply<KerasTensor[]>(x);
    expect(outputs.map(({ shape }) => shape)).toEqual([
      [2, 3],
      [2, 3],
    ]);
    expect(several.inboundNodes).toHaveLength(1);
    expect(several.output).toEqual(outputs);
  });

  it("test_eager_call: values, by position and by name, several outputs", () => {
    const one = numbers([2, 3], 1);
    const calls: readonly (readonly CallArgument[])[] = [
      [one, one, one],
      [one, { y: one, z: one }],
      [one, one, { z: one }],
    ];
    for (const args of calls) {
      const out = (new MultipleInputs() as Operation).apply<Tensor>(...args);
      expect(values(out)).toEqual([
        [
          [6, 6, 6],
          [6, 6, 6],
        ],
      ]);
    }
    const outputs = new MultipleOutputs().apply<Tensor[]>(numbers([1, 2], 1));
    expect(values(outputs)).toEqual([[[1, 1]], [[2, 2]]]);
  });

  it("test_serialization, test_serialization_with_default_init_and_get_config: a given and a made name", () => {
    const base = { trainable: true, dtype: expect.anything() };
    for (const operation of [new MultipleInputs({ name: "my_op" }), new MultipleInputs()]) {
      expect(operation.getConfig()).toEqual({ ...base, name: operation.name });
      const again = MultipleInputs.fromConfig(operation.getConfig());
      expect(again.getConfig()).toEqual(operation.getConfig());
      expect(again.name).toBe(operation.name);
    }
    const plain = add(symbol(), symbol()).node!.operation;
    expect(plain.getConfig()).toEqual({ name: plain.name });
  });

  it("test_autoconfig, test_serialization_custom_constructor_with_name_auto_config: options and defaults", () => {
    const operation = new WithOptions({ alpha: 0.2, name: "my_op" });
    expect(operation.getConfig()).toMatchObject({ alpha: 0.2, beta: 1, name: "my_op" });
    const again = WithOptions.fromConfig(operation.getConfig());
    expect(again.getConfig()).toEqual(operation.getConfig());
    const other = new WithOptions({ alpha: 0.2, beta: 0 });
    expect(other.getConfig()).toMatchObject({ alpha: 0.2, beta: 0, name: other.name });
  });

  it("test_serialization_custom_constructor_with_no_name_auto_config: no name where no field has it", () => {
    const operation = new NoName({ alpha: 0.2 });
    expect(operation.getConfig()).toEqual({ alpha: 0.2, beta: 1 });
    expect(NoName.fromConfig(operation.getConfig()).getConfig()).toEqual(operation.getConfig());
  });

  it("test_serialization_custom_constructor_with_kwargs_auto_config: what every layer takes comes along", () => {
    const operation = new WithOptions({ alpha: 0.2, name: "my_op", trainable: false });
    const again = WithOptions.fromConfig(operation.getConfig());
    expect([again.alpha, again.beta, again.name, again.trainable]).toEqual([0.2, 1, "my_op", false]);
  });

  it("test_failing_serialization_non_serializable_auto_config: an option that no config can hold", () => {
    class Holds extends layer("Holds", { value: opaque() }, { package: "parity" }) {}
    class NonSerializable {}
    const operation = new Holds({ value: new NonSerializable() as never, name: "my_op" });
    expect(messageOf(() => textOf(operation))).toBe(
      "config.value: expected a JSON value, received NonSerializable.",
    );
    expect(messageOf(() => new WithOptions({ alpha: new NonSerializable() as never }))).toBe(
      "WithOptions.alpha: expected a number, received NonSerializable.",
    );
  });

  it("test_failing_serialization_custom_constructor_with_args_auto_config: arguments that are no options", () => {
    expect(messageOf(() => new WithOptions({ alpha: 0.2, more: ["a", "b"] } as never))).toBe(
      'WithOptions: unknown key "more".',
    );
  });

  it("test_serialization_custom_constructor_custom_get_config, test_serialization_custom_constructor_with_kwargs_custom_get_config: a config of one's own", () => {
    for (const operation of [new OwnConfig({ alpha: 0.2, name: "my_op" }), new OwnConfig({ alpha: 0.2 })]) {
      expect(operation.getConfig()).toMatchObject({ alpha: 0.2, name: operation.name });
      const again = OwnConfig.fromConfig(operation.getConfig());
      expect(again.getConfig()).toEqual(operation.getConfig());
      expect(again.alpha).toBe(0.2);
    }
  });

  it("test_valid_naming: a name has no /", () => {
    expect(new MultipleOutputs({ name: "my_op" }).name).toBe("my_op");
    expect(messageOf(() => new MultipleOutputs({ name: "test/op" }))).toBe(
      'MultipleOutputs.name: expected a string without /, received "test/op".',
    );
  });

  it("test_dtype: a layer computes in its dtype", () => {
    const operation = new WithOptions({ alpha: 1, dtype: "bfloat16" });
    expect(operation.computeDtype).toBe("bfloat16");
  });
});
