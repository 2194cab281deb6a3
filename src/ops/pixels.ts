import { ShapeError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";

/** Bytes of an image, row by row: for each pixel one (gray), three (RGB) or four (RGBA). An `ImageData` is one. */
export interface RawPixels {
  readonly data: Uint8Array | Uint8ClampedArray;
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
}

/** A canvas of a page, or an `OffscreenCanvas`. */
export interface CanvasLike {
  readonly width: number;
  readonly height: number;
  getContext(kind: "2d"): object | null;
}

/** An `ImageBitmap`. */
export interface BitmapLike {
  readonly width: number;
  readonly height: number;
  close(): void;
}

/** An image of a page, which has been loaded. */
export interface ImageLike {
  readonly naturalWidth: number;
  readonly naturalHeight: number;
}

/** What has pixels. */
export type ImageSource = RawPixels | CanvasLike | BitmapLike | ImageLike;

interface Context {
  drawImage(source: object, x: number, y: number): void;
  getImageData(x: number, y: number, width: number, height: number): RawPixels;
}

type Platform = {
  readonly OffscreenCanvas?: new (
    width: number,
    height: number,
  ) => { getContext(kind: "2d"): Context | null };
};

/** The bytes of an image, with as many channels as are asked for. */
export function pixelsOf(where: string, source: ImageSource, channels: 1 | 3 | 4): RawPixels {
  const raw = readPixels(where, source);
  const { data, width, height } = raw;
  const count = width * height;
  const own = data.length / count;
  if (own !== 1 && own !== 3 && own !== 4) {
    throw new ShapeError(
      where,
      `expected 1, 3 or 4 bytes for each of ${height} × ${width} pixels, received ${data.length} bytes.`,
    );
  }
  if (own === channels) return raw;
  const out = new Uint8Array(count * channels).fill(255);
  for (let i = 0; i < count; i++) {
    const red = data[i * own]!;
    const green = own === 1 ? red : data[i * own + 1]!;
    const blue = own === 1 ? red : data[i * own + 2]!;
    const pixel = channels === 1 ? [own === 1 ? red : brightness(red, green, blue)] : [red, green, blue];
    out.set(pixel, i * channels);
  }
  return { data: out, width, height };
}

/** The gray of a color in the weights of ITU-R 601-2, in 65536ths, as Pillow and thus Keras's `load_img` have it. */
function brightness(red: number, green: number, blue: number): number {
  return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
}

function readPixels(where: string, source: ImageSource): RawPixels {
  if (typeof source !== "object" || source === null) throw wrong(where, source);
  if ("data" in source) {
    const { data, width, height } = source;
    const areBytes = data instanceof Uint8Array || data instanceof Uint8ClampedArray;
    if (!areBytes) throw new ShapeError(where, `expected data to be bytes, received ${inspect(data)}.`);
    checkSize(where, width, height);
    return source;
  }
  const isImage = "naturalWidth" in source;
  if (!isImage && !("getContext" in source) && !("close" in source)) throw wrong(where, source);
  const width = isImage ? source.naturalWidth : source.width;
  const height = isImage ? source.naturalHeight : source.height;
  checkSize(where, width, height);
  const own = "getContext" in source ? (source.getContext("2d") as Context | null) : null;
  return (own ?? drawn(where, source, width, height)).getImageData(0, 0, width, height);
}

/** An image drawn on a canvas that can be read. */
function drawn(where: string, source: object, width: number, height: number): Context {
  const { OffscreenCanvas } = globalThis as Platform;
  const context = OffscreenCanvas && new OffscreenCanvas(width, height).getContext("2d");
  if (!context) {
    throw new ShapeError(
      where,
      `expected a platform that can draw (OffscreenCanvas), received none. Give { data, width, height } here.`,
    );
  }
  context.drawImage(source, 0, 0);
  return context;
}

function checkSize(where: string, width: number, height: number): void {
  if ([width, height].every((size) => Number.isSafeInteger(size) && size > 0)) return;
  throw new ShapeError(
    where,
    `expected an image of at least one pixel, received width ${inspect(width)}, height ${inspect(height)}.`,
  );
}

function wrong(where: string, source: unknown): ShapeError {
  return new ShapeError(
    where,
    `expected an ImageData, a canvas, an ImageBitmap, an image or { data, width, height }, received ${inspect(source)}.`,
  );
}
