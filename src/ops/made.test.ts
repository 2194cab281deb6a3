import { describe, expect, it } from "vitest";
import { modelFromJson } from "../revive.ts";

const huge = 2 ** 31;

/** The model of one operation of `[null, 4, 3]` numbers, as a file has it. */
function shapeOf(
  class_name: string,
  path: string,
  config: object,
  shape: unknown = [null, 4, 3],
  rest: unknown[] = [],
) {
  const history = {
    class_name: "__keras_tensor__",
    config: { shape, dtype: "float32", keras_history: ["x", 0, 0] },
  };
  const layers = [
    {
      module: "keras.layers",
      class_name: "InputLayer",
      config: { batch_shape: shape, dtype: "float32", name: "x" },
      name: "x",
      inbound_nodes: [],
    },
    {
      module: `keras.src.ops.${path}`,
      class_name,
      config: { name: "op", ...config },
      registered_name: class_name,
      name: "op",
      inbound_nodes: [
        { args: [history, ...rest.map((each) => (each === "x" ? history : each))], kwargs: {} },
      ],
    },
  ];
  const graph = { name: "m", layers, input_layers: [["x", 0, 0]], output_layers: [["op", 0, 0]] };
  return () =>
    modelFromJson(
      JSON.stringify({ module: "keras.src.models.functional", class_name: "Functional", config: graph }),
    ).outputShape;
}

describe("operations of files that say a billion", () => {
  it.each<[string, () => unknown, unknown]>([
    ["OneHot", shapeOf("OneHot", "nn", { num_classes: huge }), [null, 4, 3, huge]],
    ["Tile", shapeOf("Tile", "numpy", { repeats: [1, huge, 2] }), [null, 4 * huge, 6]],
    ["Tile", shapeOf("Tile", "numpy", { repeats: [1, 0, 2] }), [null, 0, 6]],
    ["Repeat", shapeOf("Repeat", "numpy", { repeats: 0, axis: 1 }), [null, 0, 3]],
    ["Repeat", shapeOf("Repeat", "numpy", { repeats: huge, axis: 1 }), [null, 4 * huge, 3]],
    ["Triu", shapeOf("Triu", "numpy", { k: huge }, [null, huge, huge]), [null, huge, huge]],
    ["Diagonal", shapeOf("Diagonal", "numpy", { axis1: 1, axis2: 2 }, [null, huge, huge]), [null, huge]],
    ["Repeat", shapeOf("Repeat", "numpy", { repeats: [huge, 0, huge, 1], axis: 1 }), [null, 2 * huge + 1, 3]],
    [
      "ExtractPatches",
      shapeOf("ExtractPatches", "image", { size: 2 ** 15 }, [null, 2 ** 16, 2 ** 16, 3]),
      [null, 2, 2, 3 * 2 ** 30],
    ],
    [
      "ElasticTransform",
      shapeOf("ElasticTransform", "image", { sigma: huge }, [null, 4, 4, 3]),
      [null, 4, 4, 3],
    ],
  ])("%s has its shape, and makes no numbers", (_, shape, expected) => {
    expect(shape()).toEqual(expected);
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      "Pad",
      shapeOf("Pad", "numpy", { pad_width: [[0, 0], "x", [1, 1]] }),
      /expected a number or two for each axis, received \[\[0, 0\], "x", \[1, 1\]\]\.$/,
    ],
    ["Concatenate", shapeOf("Concatenate", "numpy", {}), /expected a list of tensors, received Value\.$/],
    ["Diff", shapeOf("Diff", "numpy", { n: huge }), /expected n from 0 to 10000, received 2147483648\.$/],
    [
      "OneHot",
      shapeOf("OneHot", "nn", { num_classes: 1e300 }),
      /expected sizes that fit into memory, received \[1e\+300\]\.$/,
    ],
    [
      "Tensordot",
      shapeOf("Tensordot", "numpy", { axes: huge }, [null, 4, 3], ["x"]),
      /expected axes from 0 to 3, received 2147483648\.$/,
    ],
    [
      "Split",
      shapeOf("Split", "numpy", { indices_or_sections: huge, axis: 1 }, [null, huge]),
      /expected parts from 0 to 10000, received 2147483648\.$/,
    ],
    ...[{}, null, [], [1], [[1]], [1, "x"], [[1], [1, 2]], [1, 2, 0], "x"].map(
      (axes): [string, () => unknown, RegExp] => [
        "Tensordot",
        shapeOf("Tensordot", "numpy", { axes }, [null, 4, 3], ["x"]),
        /tensordot: expected a number of axes, or as many of the first as of the second such as \[\[1\], \[0\]\], received /,
      ],
    ),
    [
      "Repeat",
      shapeOf("Repeat", "numpy", { repeats: [], axis: 1 }),
      /repeat: expected repeats of at least 0, received \[\]\.$/,
    ],
    [
      "Repeat",
      shapeOf("Repeat", "numpy", { repeats: [1, -1, 1, 1], axis: 1 }),
      /repeat: expected repeats of at least 0, received \[1, -1, 1, 1\]\.$/,
    ],
    [
      "Repeat",
      shapeOf("Repeat", "numpy", { repeats: [1, 2], axis: 1 }),
      /repeat: expected 4 repeats, one for each, received \[1, 2\]\.$/,
    ],
    [
      "Roll",
      shapeOf("Roll", "numpy", { shift: [], axis: 1 }),
      /roll: expected a shift, or one for each axis, received \[\]\.$/,
    ],
    [
      "Pad",
      shapeOf("Pad", "numpy", { pad_width: [] }),
      /pad: expected a number or two for each axis, received \[\]\.$/,
    ],
    [
      "Pad",
      shapeOf("Pad", "numpy", { pad_width: [null] }),
      /pad: expected a number or two for each axis, received \[null\]\.$/,
    ],
    ...[[], [5], [5, 5, 5]].map((size): [string, () => unknown, RegExp] => [
      "Resize",
      shapeOf("Resize", "image", { size }, [null, 4, 4, 3]),
      /size: expected a list of 2, each a positive integer, received /,
    ]),
    ...["nearest", "bilinear"].map((interpolation): [string, () => unknown, RegExp] => [
      "Resize",
      shapeOf("Resize", "image", { size: [-1, 2], interpolation }, [null, 4, 4, 3]),
      /size\[0\]: expected a positive integer, received -1\.$/,
    ]),
  ])("%s says what is too much or makes no sense", (_, shape, message) => {
    expect(shape).toThrow(message);
  });
});
