import { describe, expect, it } from "vitest";
import { Node } from "../../src/graph/graph.ts";
import { aTensor, takes } from "../../src/graph/signature.ts";
import { Input } from "../../src/index.ts";
import { layer } from "../../src/layers/define.ts";
import type { Operand } from "../../src/program/emit.ts";
import { messageOf } from "./common.ts";

class Dummy extends layer(
  "Dummy",
  {},
  { package: "parity", call: takes("a", { a: aTensor(), x: aTensor().optional() }) },
) {
  result: unknown = null;
  override call(a: Operand): unknown {
    return this.result ?? a;
  }
}

describe("ops/node_test.py", () => {
  it("test_simple_case: the call of an input", () => {
    const a = Input({ batch_shape: [2, 3, 4] });
    expect(a.node!.isInput).toBe(true);
    expect(a.node!.outputs).toEqual([a]);
    expect(a.node!.outputs[0]!.shape).toEqual([2, 3, 4]);
  });

  it("test_single_wired_layers: a call knows its operation, arguments and tensors", () => {
    const [a, x] = [Input({ batch_shape: [2, 3, 4] }), Input({ batch_shape: [2, 3, 4] })];
    const dummy = new Dummy();
    const b = dummy.apply(a, { x });
    const node = b.node!;
    expect(node.isInput).toBe(false);
    expect(node.operation).toBe(dummy);
    expect(dummy.inboundNodes).toEqual([node]);
    expect(node.index).toBe(0);
    expect(node.inputs).toEqual([a, x]);
    expect(node.inputs[0]!.node!.operation).toBe(a.node!.operation);
    expect(node.args).toEqual([a]);
    expect(node.kwargs).toEqual({ x });
    expect(node).toBeInstanceOf(Node);
    expect(b.history).toEqual({ operation: dummy, nodeIndex: 0, tensorIndex: 0 });
  });

  it("test_output_tensor_error: a call that returns no tensor", () => {
    const dummy = new Dummy({ name: "dummy" });
    dummy.result = 3;
    expect(messageOf(() => dummy.apply(Input({ shape: [2] })))).toBe(
      'layer "dummy": expected its call to return tensors, received 3.',
    );
  });
});
