import { invariant, ShapeError } from "../errors.ts";
import { checkOptions } from "../json/check-options.ts";
import { inspect } from "../json/inspect.ts";
import { Tensor } from "../tensor/tensor.ts";
import "../engines/reference/at-once/all.ts";
import { resize } from "./image/resize.ts";
import { type ImageSource, pixelsOf } from "./pixels.ts";

export interface ImageOptions {
  /** Height and width of the result, in pixels. Defaults to those of the image. */
  readonly size?: readonly [height: number, width: number] | null | undefined;
  /** 1 for gray, 3 for RGB, 4 for RGBA. Defaults to 3. */
  readonly channels?: 1 | 3 | 4 | undefined;
  /** What the numbers are multiplied with, one for all or one for each channel, as Rescaling does. Defaults to 1. */
  readonly scale?: number | readonly number[] | undefined;
  /** What is added behind that, one for all or one for each channel. Defaults to 0. */
  readonly offset?: number | readonly number[] | undefined;
  /** How it is resized. Defaults to "bilinear". */
  readonly interpolation?: "bilinear" | "nearest" | undefined;
}

const where = "tensorFromImage";
const optionNames = { size: true, channels: true, scale: true, offset: true, interpolation: true } as const;

/**
 * An image as the float32 tensor `(1, height, width, channels)` that a model takes; numbers are 0 to 255 where no scale
 * is given. The source is an `ImageData`, a canvas, an `ImageBitmap`, a loaded image of a page, or bytes
 * `{ data, width, height }` of gray, RGB or RGBA pixels, told apart by how many there are. Transparency is dropped where
 * RGB is asked for, and gray is the brightness, both as Keras's `load_img` does.
 *
 * It is resized as `keras.ops.image.resize` does, without antialiasing: bilinear, or nearest. (`load_img` leaves that to
 * Pillow, nearest where nobody says; its bilinear numbers are others.) A source without pixels, an option that cannot
 * be, and a source that must be drawn where nothing can are a {@link ShapeError}.
 *
 * @example
 * const pixels = { data: new Uint8Array(4 * 4 * 4).fill(255), width: 4, height: 4 };
 * const x = tensorFromImage(pixels, { size: [2, 2], scale: 1 / 127.5, offset: -1 });
 * x.shape; // [1, 2, 2, 3]
 */
export function tensorFromImage(source: ImageSource, options: ImageOptions = {}): Tensor {
  checkOptions(where, options, optionNames, ShapeError);
  const { size, channels = 3, scale = 1, offset = 0, interpolation = "bilinear" } = options;
  if (channels !== 1 && channels !== 3 && channels !== 4) throw wrong("channels", "1, 3 or 4", channels);
  if (interpolation !== "bilinear" && interpolation !== "nearest") {
    throw wrong("interpolation", '"bilinear" or "nearest"', interpolation);
  }
  const factors = perChannel("scale", scale, channels);
  const terms = perChannel("offset", offset, channels);
  const target = size == null ? null : checkedSize(size);
  const { data, width, height } = pixelsOf(where, source, channels);
  const image = new Tensor("float32", [1, height, width, channels], new Float32Array(data));
  const resized = target ? resize(image, { size: target, interpolation }) : image;
  invariant(resized instanceof Tensor, "an image was resized to something without numbers");
  const numbers = Float32Array.from(resized.data as Float32Array, (x, i) => {
    return Math.fround(x * factors[i % channels]!) + terms[i % channels]!;
  });
  return new Tensor("float32", resized.shape, numbers);
}

function perChannel(name: string, given: number | readonly number[], channels: number): Float32Array {
  const numbers = Array.isArray(given) ? given : Array(channels).fill(given);
  if (numbers.length !== channels || !numbers.every((x) => typeof x === "number")) {
    throw wrong(name, `a number, or a list of ${channels}`, given);
  }
  return Float32Array.from(numbers);
}

function checkedSize(size: readonly number[]): number[] {
  const isSize =
    Array.isArray(size) && size.length === 2 && size.every((x) => Number.isSafeInteger(x) && x > 0);
  if (!isSize) throw wrong("size", "a height and a width, such as [224, 224]", size);
  return [...size];
}

function wrong(option: string, expected: string, received: unknown): ShapeError {
  return new ShapeError(`${where}.${option}`, `expected ${expected}, received ${inspect(received)}.`);
}
