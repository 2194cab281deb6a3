import { describe, expect, it } from "vitest";
import { NO_KEYWORDS, Node, tensorsIn } from "../../src/graph/graph.ts";
import { mapNested, type Nested } from "../../src/graph/nested.ts";
import { Input, type KerasTensor } from "../../src/index.ts";
import { Identity } from "../../src/layers/core/identity.ts";

const tensors = (): [KerasTensor, KerasTensor, KerasTensor] => [
  Input({ batch_shape: [2, 3, 4] }),
  Input({ batch_shape: [2, 3, 4] }),
  Input({ batch_shape: [2, 3, 4] }),
];

/** A call with these arguments. */
function node(args: readonly unknown[], kwargs: Readonly<Record<string, unknown>> = NO_KEYWORDS): Node {
  return new Node(new Identity(), args, kwargs, tensorsIn(args, kwargs));
}

describe("ops/symbolic_arguments_test.py", () => {
  it("test_args: the tensors of several arguments", () => {
    const [a, b] = tensors();
    expect(node([a, b]).inputs).toEqual([a, b]);
    expect(node([[a, { deep: b }]]).inputs).toEqual([a, b]);
  });

  it("test_args_single_arg: one tensor, nothing else", () => {
    const [a] = tensors();
    expect(node([a]).inputs).toEqual([a]);
    expect(node([a]).kwargs).toEqual({});
  });

  it("test_kwargs: those among keyword arguments come last", () => {
    const [a, b, c] = tensors();
    expect(node([a, b], { "1": c, scale: 2 }).inputs).toEqual([a, b, c]);
  });

  it("test_conversion_fn: each leaf is replaced, the structure stays", () => {
    const [a, b, c] = tensors();
    const names = mapNested({ args: [a, [b]], kwargs: { c } } as Nested<KerasTensor>, ({ shape }) =>
      shape.join(),
    );
    expect(names).toEqual({ args: ["2,3,4", ["2,3,4"]], kwargs: { c: "2,3,4" } });
  });

  it("test_fill_in_single_arg: a value for the only tensor", () => {
    const [a] = tensors();
    expect(node([a]).fill(() => 3)).toEqual({ args: [3], kwargs: {} });
  });

  it("test_fill_in_multiple_arg, test_fill_in: a value for each tensor, undefined where there is none", () => {
    const [a, b, c] = tensors();
    const known = new Map<KerasTensor, number>([
      [a, 3],
      [c, 2],
    ]);
    expect(node([a, b], { c, axis: 1 }).fill((tensor) => known.get(tensor))).toEqual({
      args: [3, undefined],
      kwargs: { c: 2, axis: 1 },
    });
  });
});
