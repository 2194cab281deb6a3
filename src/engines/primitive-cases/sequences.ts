import type { Trials } from "./case.ts";

const fft: Trials<"fft"> = (random) =>
  [[1], [8], [2, 3, 5], [3, 64], [2, 100], [2, 37], [2, 1024], [0, 4]].flatMap((shape) =>
    [false, true].map((inverse) => ({
      label: `(${shape})${inverse ? ", inverse" : ""}`,
      inputs: [random.floats(shape, -1, 1), random.floats(shape, -1, 1)],
      attributes: { inverse },
    })),
  );

const beamSearch: Trials<"ctc_beam_search"> = (random) =>
  [
    { beamWidth: 3, topPaths: 2, maskIndex: 0 },
    { beamWidth: 100, topPaths: 5, maskIndex: 2 },
  ].map((attributes) => ({
    label: `${attributes.beamWidth} wide`,
    inputs: [random.floats([2, 6, 4], -4, 0), random.integers([2], 1, 6)],
    attributes,
  }));

export const sequenceTrials = { fft, ctc_beam_search: beamSearch };
