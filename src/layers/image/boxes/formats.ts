import { inspect } from "../../../json/inspect.ts";
import { add, divide, multiply, subtract } from "../../../ops/arithmetic.ts";
import { asDType } from "../../../ops/operands.ts";
import type { Numeric } from "../../../program/emit.ts";
import type { DType } from "../../../tensor/dtype.ts";
import type { ImageLayer } from "../image-layer.ts";
import { type BoxFormat, boxFormats } from "./box-formats.ts";
import { apart, type Boxes, type Four, joined, type Size } from "./boxes.ts";

/** How the numbers of a box become left, top, right and bottom, and those its numbers. */
interface Form {
  readonly read: (numbers: Four) => Four;
  readonly write: (corners: Four) => Four;
  /** Whether numbers that go across come first. */
  readonly isAcross: boolean;
}

const exchanged = ([a, b, c, d]: Four): Four => [b, a, d, c];
const withSizes = ([x1, y1, x2, y2]: Four): Four => [x1, y1, subtract(x2, x1), subtract(y2, y1)];

function aroundCenter([x, y, width, height]: Four): Four {
  const [across, down] = [divide(width, 2), divide(height, 2)];
  return [subtract(x, across), subtract(y, down), add(x, across), add(y, down)];
}

function withCenter(corners: Four): Four {
  const [x, y, width, height] = withSizes(corners);
  return [add(x, divide(width, 2)), add(y, divide(height, 2)), width, height];
}

const same = (numbers: Four) => numbers;
const isAcross = true;

const forms = {
  xyxy: { read: same, write: same, isAcross },
  yxyx: { read: exchanged, write: exchanged, isAcross: false },
  xywh: { read: ([x, y, w, h]) => [x, y, add(x, w), add(y, h)], write: withSizes, isAcross },
  center_xywh: { read: aroundCenter, write: withCenter, isAcross },
  center_yxhw: {
    read: (numbers) => aroundCenter(exchanged(numbers)),
    write: (corners) => exchanged(withCenter(corners)),
    isAcross: false,
  },
} satisfies Readonly<Record<string, Form>>;

/** The format that boxes are given to a layer in; the case of its letters does not matter. */
export function boxFormatOf(layer: ImageLayer): BoxFormat {
  const given = layer.bounding_box_format?.toLowerCase();
  const format = boxFormats.find((name) => name === given);
  if (format) return format;
  const expected = `a bounding_box_format that is one of ${boxFormats.join(", ")}`;
  throw layer.problem(`expected ${expected}, received ${inspect(layer.bounding_box_format)}.`);
}

type Measure = typeof multiply | typeof divide;

/** Boxes of one format in another, in images of a size. */
export function converted(
  given: Numeric,
  source: BoxFormat,
  target: BoxFormat,
  size: Size,
  dtype: DType = "float32",
): Numeric {
  const boxes = asDType(given, dtype);
  if (source === target) return boxes;
  const [from, to] = [formOf(source), formOf(target)];
  const scaled = (numbers: Four, measure: Measure, goesAcross: boolean): Four => {
    const [x, y] = [asDType(size.width, dtype), asDType(size.height, dtype)];
    const [one, other] = goesAcross ? [x, y] : [y, x];
    const [a, b, c, d] = numbers;
    return [measure(a, one), measure(b, other), measure(c, one), measure(d, other)];
  };
  const corners = from.form.read(apart(boxes));
  if (from.isRelative === to.isRelative) return joined(to.form.write(corners));
  if (from.isRelative) return joined(to.form.write(scaled(corners, multiply, true)));
  return joined(scaled(to.form.write(corners), divide, to.form.isAcross));
}

/** The same of boxes with their labels. */
export function convertedBoxes(
  { boxes, labels }: Boxes,
  source: BoxFormat,
  target: BoxFormat,
  size: Size,
  dtype: DType = "float32",
): Boxes {
  return { boxes: converted(boxes, source, target, size, dtype), labels };
}

function formOf(format: BoxFormat): { readonly form: Form; readonly isRelative: boolean } {
  const isRelative = format.startsWith("rel_");
  const name = (isRelative ? format.slice("rel_".length) : format) as keyof typeof forms;
  return { form: forms[name], isRelative };
}
