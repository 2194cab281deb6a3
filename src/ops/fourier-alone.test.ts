import { expect, it } from "vitest";
import { bundleProgram } from "../../tools/bundle.ts";

it.each([
  'import { rfft } from "ceratops/ops"; import { normal } from "ceratops/random"; result(rfft(normal([2, 8], { seed: 1 }))[0].shape);',
  'import { MelSpectrogram } from "ceratops/layers"; import { normal } from "ceratops/random"; result(new MelSpectrogram({ fft_length: 64 }).call(normal([2, 640], { seed: 1 })).shape.length);',
])("a program that imports no more computes at once: %s", async (program) => {
  const { code } = await bundleProgram(program, { splitting: false, format: "esm" });
  const found: unknown[] = [];
  new Function("result", code)((value: unknown) => found.push(value));
  expect(found).toHaveLength(1);
});
