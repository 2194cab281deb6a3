import type { JsonObject } from "../../../json/json.ts";
import type { Call, Rows } from "./call.ts";
import { floatPart, isIntegerList, part } from "./part.ts";

const interpolations = ["bilinear", "nearest", "bicubic", "lanczos3", "lanczos5"];

/** Images in another size. Pixels have their centers in their middle, as in Keras 3. */
function resize(call: Call): string | undefined {
  const size = call.value("size");
  const interpolation = call.value("method", "bilinear");
  if (!isIntegerList(size) || size.length !== 2) return "takes a size that only a run knows";
  if (typeof interpolation !== "string" || !interpolations.includes(interpolation))
    return "resizes by another method";
  if (call.value("preserve_aspect_ratio") === true) return "keeps the ratio of height and width";
  const isOfFloats = interpolation === "nearest" || !call.dtypeOf(call.x)?.includes("int");
  const images = isOfFloats ? call.x : call.emit("core.Cast", [call.x], { dtype: "float32" });
  const options: JsonObject = {
    size,
    interpolation,
    antialias: call.value("antialias", false),
    data_format: "channels_last",
    crop_to_aspect_ratio: false,
    pad_to_aspect_ratio: false,
    fill_mode: "constant",
  };
  call.emit("image.Resize", [images], { ...options, fill_value: floatPart(0) });
  return undefined;
}

/** Cuts images, or puts them into larger ones. */
function box(name: string, kind: string): (call: Call) => string | undefined {
  return (call) => {
    const sizes = ["offset_height", "offset_width", "target_height", "target_width"].map((key) =>
      call.value(key),
    );
    if (!sizes.every(Number.isInteger)) return "takes a size that only a run knows";
    const [top, left, target_height, target_width] = sizes as number[];
    call.emit(`image.${name}`, [call.x], {
      [`top_${kind}`]: top!,
      [`left_${kind}`]: left!,
      [`bottom_${kind}`]: null,
      [`right_${kind}`]: null,
      target_height: target_height!,
      target_width: target_width!,
      data_format: "channels_last",
    });
    return undefined;
  };
}

/** Integers as a share of the largest that their dtype has. */
function convert(call: Call): string | undefined {
  const [from, to] = [call.dtypeOf(call.x), call.value("dtype")];
  if (typeof to !== "string" || !to.startsWith("float")) return "makes integers of images";
  if (from === null) return "scales images by their dtype, which the file does not say";
  const cast = () => call.emit("core.Cast", [call.x], { dtype: to });
  const bits = /^(u?)int(\d+)$/.exec(from);
  if (!bits) cast();
  else call.emit("numpy.Multiply", [cast(), floatPart(1 / (2 ** (Number(bits[2]) - (bits[1] ? 0 : 1)) - 1))]);
  return undefined;
}

const last = { data_format: "channels_last" };

/** Functions of images. */
export const images: Rows = {
  "image.resize": resize,
  "image.rgb_to_grayscale": (call) => void call.emit("image.RGBToGrayscale", [call.x], last),
  "image.grayscale_to_rgb": (call) => void call.emit("numpy.Repeat", [call.x], { repeats: 3, axis: -1 }),
  "image.rgb_to_hsv": (call) => void call.emit("image.RGBToHSV", [call.x], last),
  "image.hsv_to_rgb": (call) => void call.emit("image.HSVToRGB", [call.x], last),
  "image.flip_left_right": (call) => void call.emit("numpy.Flip", [call.x], { axis: -2 }),
  "image.flip_up_down": (call) => void call.emit("numpy.Flip", [call.x], { axis: -3 }),
  "image.transpose": (call) => void call.emit("numpy.Swapaxes", [call.x], { axis1: -3, axis2: -2 }),
  "image.rot90": (call) => void call.emit("numpy.Rot90", [call.x], { k: call.part("k", 1), axes: [-3, -2] }),
  "image.crop_to_bounding_box": box("CropImages", "cropping"),
  "image.pad_to_bounding_box": box("PadImages", "padding"),
  "image.adjust_brightness": (call) => {
    if (call.dtypeOf(call.x)?.includes("int")) return "scales integers";
    call.emit("numpy.Add", [call.x, call.part("delta")]);
    return undefined;
  },
  "image.adjust_gamma": (call) => {
    if (call.dtypeOf(call.x)?.includes("int") || call.has("gain")) return "scales images";
    call.emit("numpy.Power", [call.x, call.part("gamma", 1)]);
    return undefined;
  },
  "image.convert_image_dtype": convert,
  "image.ssim": (call) =>
    void call.emit("image.SSIM", [call.x, call.part("img2")], {
      max_val: call.part("max_val"),
      filter_size: call.part("filter_size", 11),
      filter_sigma: call.has("filter_sigma") ? call.part("filter_sigma") : floatPart(1.5),
      k1: call.has("k1") ? call.part("k1") : part(0.01),
      k2: call.has("k2") ? call.part("k2") : part(0.03),
      data_format: "channels_last",
    }),
};
