import type { TextSplit } from "../../../program/primitives.ts";
import type { Kernel } from "../kernel.ts";
import { RaggedRows, textsOf } from "./texts-of.ts";

/** What C calls white space: of all that Unicode has, TensorFlow splits at this. */
const whitespace = /[\t-\r ]+/;

const splitters: Readonly<Record<TextSplit, (text: string) => string[]>> = {
  whitespace: (text) => text.split(whitespace).filter((piece) => piece !== ""),
  character: (text) => [...text],
};

export const splitText: Kernel<"split_text"> = ([x], { by }) => {
  const texts = textsOf(x!);
  const rows = new RaggedRows();
  for (const place of x!.data as Int32Array) rows.add(splitters[by](texts[place]!));
  return [rows.toTensor(x!.shape)];
};
