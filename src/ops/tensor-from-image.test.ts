import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { ImageSource } from "./pixels.ts";
import { type ImageOptions, tensorFromImage } from "./tensor-from-image.ts";

interface Case {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3 | 4;
  readonly size: [number, number];
  readonly interpolation: "bilinear" | "nearest";
  readonly pixels: readonly number[];
  readonly outputs: readonly number[];
}

const golden: Case[] = JSON.parse(
  readFileSync(new URL("tensor-from-image.golden.json", import.meta.url), "utf8"),
);
const bytes = (...values: number[]) => Uint8Array.from(values);
const pixel = { data: bytes(10, 20, 30, 40), width: 1, height: 1 };

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("tensorFromImage", () => {
  it.each(golden)(
    "resizes $height × $width × $channels to $size, $interpolation, as Keras does",
    ({ pixels, outputs, height, width, channels, size, interpolation }) => {
      const source = { data: Uint8ClampedArray.from(pixels), width, height };
      const options = { size, channels, interpolation, scale: 1 / 127.5, offset: -1 };
      const x = tensorFromImage(source, options);
      expect(x.dtype).toBe("float32");
      expect(x.shape).toEqual([1, ...size, channels]);
      const far = outputs.map((y, i) => Math.abs(y - Number(x.data[i])));
      // A few units of the last place of a float32 near 255, scaled.
      expect(Math.max(...far)).toBeLessThan(1e-6);
    },
  );

  it.each<[string, ImageSource, ImageOptions, number[]]>([
    ["RGBA as RGB", pixel, {}, [10, 20, 30]],
    ["RGBA as it is", pixel, { channels: 4 }, [10, 20, 30, 40]],
    ["RGB as RGBA", { data: bytes(1, 2, 3), width: 1, height: 1 }, { channels: 4 }, [1, 2, 3, 255]],
    ["gray as RGB", { data: bytes(1, 2), width: 2, height: 1 }, {}, [1, 1, 1, 2, 2, 2]],
    ["gray as gray", { data: bytes(7, 8), width: 1, height: 2 }, { channels: 1 }, [7, 8]],
    // What Image.convert("L") of Pillow gives: (10 · 19595 + 20 · 38470 + 30 · 7471 + 32768) >> 16.
    ["RGBA as gray", pixel, { channels: 1 }, [18]],
    [
      "a scale and an offset for each channel",
      pixel,
      { scale: [1, 2, 0.5], offset: [1, 0, -1] },
      [11, 40, 14],
    ],
    ["one of all", pixel, { scale: 0.5, offset: 1 }, [6, 11, 16]],
  ])("takes %s", (_, source, options, expected) => {
    expect(Array.from(tensorFromImage(source, options).data, Number)).toEqual(expected);
  });

  it("reads a canvas by its own context", () => {
    const canvas = { width: 1, height: 1, getContext: () => ({ getImageData: () => pixel }) };
    expect(tensorFromImage(canvas).toArray()).toEqual([[[[10, 20, 30]]]]);
  });

  it("draws what has no pixels of its own to read", () => {
    const drawn: object[] = [];
    class OffscreenCanvas {
      readonly size: readonly number[];
      constructor(width: number, height: number) {
        this.size = [width, height];
      }
      getContext() {
        const [width = 0, height = 0] = this.size;
        const data = new Uint8ClampedArray(width * height * 4).fill(9);
        return {
          drawImage: (source: object) => drawn.push(source),
          getImageData: () => ({ data, width, height }),
        };
      }
    }
    vi.stubGlobal("OffscreenCanvas", OffscreenCanvas);
    const bitmap = { width: 3, height: 2, close() {} };
    const image = { width: 1, naturalWidth: 2, naturalHeight: 1 };
    const webgl = { width: 1, height: 1, getContext: () => null };
    expect(tensorFromImage(bitmap).shape).toEqual([1, 2, 3, 3]);
    expect(tensorFromImage(image).shape).toEqual([1, 1, 2, 3]);
    expect(tensorFromImage(webgl).shape).toEqual([1, 1, 1, 3]);
    expect(drawn).toEqual([bitmap, image, webgl]);
  });

  it.each<[unknown, unknown, string]>([
    [
      null,
      {},
      ": expected an ImageData, a canvas, an ImageBitmap, an image or { data, width, height }, received null.",
    ],
    [{ width: 1, height: 1 }, {}, ": expected an ImageData, a canvas, an ImageBitmap, an image or"],
    [{ data: [1], width: 1, height: 1 }, {}, ": expected data to be bytes, received [1]."],
    [
      { data: bytes(1, 2), width: 1, height: 1 },
      {},
      ": expected 1, 3 or 4 bytes for each of 1 × 1 pixels, received 2",
    ],
    [
      { data: bytes(), width: 0, height: 1 },
      {},
      ": expected an image of at least one pixel, received width 0, height 1.",
    ],
    [
      { naturalWidth: 0, naturalHeight: 0 },
      {},
      ": expected an image of at least one pixel, received width 0",
    ],
    [
      { width: 1, height: 1, close() {} },
      {},
      ": expected a platform that can draw (OffscreenCanvas), received none.",
    ],
    [pixel, { size: 224 }, ".size: expected a height and a width, such as [224, 224], received 224."],
    [pixel, { size: [0, 1] }, ".size: expected a height and a width, such as [224, 224], received [0, 1]."],
    [pixel, { channels: 2 }, ".channels: expected 1, 3 or 4, received 2."],
    [pixel, { scale: [1, 2] }, ".scale: expected a number, or a list of 3, received [1, 2]."],
    [pixel, { offset: "1" }, '.offset: expected a number, or a list of 3, received "1".'],
    [
      pixel,
      { interpolation: "cubic" },
      '.interpolation: expected "bilinear" or "nearest", received "cubic".',
    ],
    [pixel, { target_size: [1, 1] }, ': unknown option "target_size".'],
    [pixel, null, ": expected an object of options, received null."],
  ])("refuses %o with %o", (source, options, message) => {
    expect(() => tensorFromImage(source as ImageSource, options as ImageOptions)).toThrow(
      `tensorFromImage${message}`,
    );
  });
});
