import type { Field, FieldSettings } from "../fields/field.ts";
import { type Kind, oneOf, optional } from "../fields/kinds.ts";
import type { DataFormat } from "../ops/window.ts";

export type { DataFormat };

const formats = oneOf("channels_last", "channels_first");

const aDataFormat: Kind<DataFormat | null, DataFormat> = {
  ...formats,
  parse: (input, problems) => (input === null ? "channels_last" : formats.parse(input, problems)),
};

/** A field that holds where the channels are; null is `channels_last`. */
export function dataFormat(settings?: FieldSettings): Field<DataFormat | null, DataFormat, false> {
  return optional(aDataFormat, null, settings);
}

/** The axis of the channels. */
export function channelAxis(format: DataFormat): number {
  return format === "channels_first" ? 1 : -1;
}

/** The first of the axes between batch and channels. */
export function firstSpatialAxis(format: DataFormat): number {
  return format === "channels_first" ? 2 : 1;
}
