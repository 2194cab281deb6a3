import type { Trials } from "./case.ts";

const fft: Trials<"fft"> = (random) =>
  [[1], [8], [2, 3, 5], [3, 64], [2, 100], [2, 37], [2, 1024], [0, 4]].flatMap((shape) =>
    [false, true].map((inverse) => ({
      label: `(${shape})${inverse ? ", inverse" : ""}`,
      inputs: [random.floats(shape, -1, 1), random.floats(shape, -1, 1)],
      attributes: { inverse },
    })),
  );

export const fourierTrials = { fft };
