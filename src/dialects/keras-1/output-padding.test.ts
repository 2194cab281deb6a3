import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { modelFromJson } from "../../revive.ts";

type Size = readonly [rows: number | null, columns: number | null];

interface Sizes {
  readonly input?: Size;
  readonly windows?: Size;
  readonly strides?: Size;
  readonly output: Size | null;
}

/** A Deconvolution2D of Keras 1 with these sizes. */
function read(mode: string, { input = [6, 6], windows = [3, 3], strides = [2, 2], output }: Sizes) {
  const deconvolution = {
    name: "it",
    nb_filter: 2,
    nb_row: windows[0],
    nb_col: windows[1],
    subsample: strides,
    border_mode: mode,
    dim_ordering: "tf",
    batch_input_shape: [null, ...input, 3],
    ...(output && { output_shape: [null, ...output, 2] }),
  };
  const config = [{ class_name: "Deconvolution2D", config: deconvolution }];
  return modelFromJson(JSON.stringify({ class_name: "Sequential", config, keras_version: "1.2.2" }));
}

const paddingOf = (model: ReturnType<typeof read>) =>
  (model.getLayer("it").getConfig() as { output_padding?: unknown }).output_padding ?? null;

describe("the output_shape of a Deconvolution2D", () => {
  it.each<[mode: string, sizes: Sizes, padding: Size | null]>([
    ["valid", { output: [13, 13] }, null],
    ["valid", { output: [14, 14] }, [1, 1]],
    ["valid", { output: [13, 14] }, [0, 1]],
    ["valid", { windows: [1, 2], strides: [3, 3], output: [18, 18] }, null],
    ["valid", { windows: [1, 2], strides: [3, 3], output: [16, 17] }, [0, 0]],
    ["same", { output: [12, 12] }, null],
    ["same", { input: [7, 7], output: [13, 13] }, [0, 0]],
    ["same", { input: [7, 7], output: [13, 14] }, [0, 1]],
    ["same", { windows: [4, 4], strides: [3, 3], output: [17, 16] }, [2, 1]],
    ["valid", { input: [null, null], output: [14, 13] }, [1, 0]],
    ["same", { output: null }, null],
  ])('of "%s" with %j has the output_padding %j', (mode, sizes, padding) => {
    const model = read(mode, sizes);
    expect(paddingOf(model)).toEqual(padding);
    const { input, output } = sizes;
    if (output && input?.[0] !== null) expect(model.outputShape).toEqual([null, ...output, 2]);
  });

  it.each<[mode: string, sizes: Sizes, expected: string]>([
    ["valid", { output: [15, 14] }, "an output of 13 to 14 rows and 13 to 14 columns"],
    ["valid", { output: [12, 14] }, "an output of 13 to 14 rows and 13 to 14 columns"],
    ["same", { output: [13, 12] }, "an output of 11 to 12 rows and 11 to 12 columns"],
    ["same", { strides: [1, 2], output: [7, 12] }, "an output of 6 rows and 11 to 12 columns"],
    ["valid", { output: [null, null] }, "an output of 13 to 14 rows and 13 to 14 columns"],
    ["valid", { input: [null, null], output: [2, 9] }, "an output of 3 or more rows and 3 or more columns"],
    [
      "same",
      { windows: [4, 4], output: [12, 11] },
      "an output that an output_padding less than the strides gives",
    ],
  ])('of "%s" with %j is refused where no output_padding gives it', (mode, sizes, expected) => {
    const [rows, columns] = sizes.output!;
    expect(() => read(mode, sizes)).toThrow(
      `(Conv2DTranspose "it").output_shape: expected ${expected}, received [null, ${rows}, ${columns}, 2].`,
    );
  });

  it("is what comes out, or refused", () => {
    const size = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(
        fc.constantFrom("valid", "same"),
        size,
        size,
        size,
        fc.nat(9),
        (mode, input, window, stride, more) => {
          const least = (input - 1) * stride + (mode === "same" ? 1 : window);
          const output = least + more;
          const both = (n: number): Size => [n, n];
          const sizes = {
            input: both(input),
            windows: both(window),
            strides: both(stride),
            output: both(output),
          };
          if (more < stride) expect(read(mode, sizes).outputShape).toEqual([null, output, output, 2]);
          else expect(() => read(mode, sizes)).toThrow(/output_shape: expected an output of/);
        },
      ),
    );
  });
});
