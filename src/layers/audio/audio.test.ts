import { describe, expect, it } from "vitest";
import { expectClose } from "../../engines/expect-close.ts";
import { Input, tensor } from "../../index.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { MelSpectrogram, STFTSpectrogram } from "./index.ts";

const signal = Array.from({ length: 100 }, (_, i) => Math.sin(i / 3) + Math.cos(i));
const small = { fft_length: 16, sequence_stride: 8, num_mel_bins: 4 };

it("a MelSpectrogram takes a signal without a batch", () => {
  const layer = new MelSpectrogram(small);
  const alone = layer.apply(tensor(signal)) as Tensor;
  const batch = layer.apply(tensor([signal])) as Tensor;
  expectClose(tensor([alone.toArray()] as number[][][]), batch, "one");
  expect(layer.apply(Input({ shape: [] })).shape).toEqual([4, null]);
});

it("a MelSpectrogram says what its options come to", () => {
  const { sequence_length, max_freq } = new MelSpectrogram({ fft_length: 64, sampling_rate: 11025 });
  expect({ sequence_length, max_freq }).toEqual({ sequence_length: 64, max_freq: 5512 });
});

it("a STFTSpectrogram knows the shapes of open signals", () => {
  const shape = (options: object) =>
    new STFTSpectrogram({ frame_length: 8, ...options }).apply(Input({ shape: [null, 2] })).shape;
  expect(shape({})).toEqual([null, null, 10]);
  expect(shape({ expand_dims: true, mode: "stft" })).toEqual([null, null, 10, 2]);
});

describe("refuses", () => {
  it.each<[string, () => unknown, string]>([
    [
      "frames longer than the transform",
      () => new MelSpectrogram({ fft_length: 8, sequence_length: 9 }),
      "MelSpectrogram.fft_length: expected at least the sequence_length 9, received 8.",
    ],
    [
      "a window of another length",
      () => new MelSpectrogram({ ...small, window: [1, 2] }).apply(tensor(signal)),
      "expected a window of 16 numbers, received (2,).",
    ],
    [
      "a transform shorter than frames",
      () => new STFTSpectrogram({ frame_length: 8, fft_length: 4 }),
      "STFTSpectrogram.fft_length: expected at least the frame_length 8, received 4.",
    ],
    [
      "steps longer than frames",
      () => new STFTSpectrogram({ frame_length: 8, frame_step: 9 }),
      "STFTSpectrogram.frame_step: expected at most the frame_length 8, received 9.",
    ],
    [
      "frames of one sample",
      () => new STFTSpectrogram({ frame_length: 1 }),
      "STFTSpectrogram.frame_length: expected an integer of at least 2, received 1.",
    ],
    [
      "unknown windows",
      () => new STFTSpectrogram({ window: "hat" }),
      "STFTSpectrogram.window: expected one of barthann, bartlett,",
    ],
    [
      "signals without channels",
      () => new STFTSpectrogram({ frame_length: 8 }).apply(tensor([signal])),
      "expected rank 3",
    ],
    [
      "integers",
      () => new STFTSpectrogram({ frame_length: 2 }).apply(tensor([[[1], [2]]], [1, 2, 1], "int32")),
      "expected float16, float32 or float64, received int32.",
    ],
  ])("%s", (_, run, message) => {
    expect(run).toThrow(message);
  });
});
