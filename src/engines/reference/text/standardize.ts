import type { Kernel } from "../kernel.ts";
import { mapTexts } from "./texts-of.ts";

const capitals = /[A-Z]+/g;
const punctuation = /[!-/:-@[-`{-~]+/g;

/** TensorFlow lowers the letters of ASCII alone (`tf.strings.lower` without an encoding). */
export const standardizeText: Kernel<"standardize_text"> = ([x], { lower, strip }) => [
  mapTexts(x!, (text) => {
    const lowered = lower ? text.replace(capitals, (letters) => letters.toLowerCase()) : text;
    return strip ? lowered.replace(punctuation, "") : lowered;
  }),
];
