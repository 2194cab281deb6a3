import "../../engines/reference/at-once/fourier.ts";
import { stftClasses } from "../../initializers/stft-classes.ts";
import * as audio from "../../layers/audio/index.ts";
import { classesOf } from "../../registry/registry.ts";
import type { Part } from "./part.ts";

/** Spectrograms, and what begins their kernels. */
export const part: Part = { classes: [...classesOf(audio), ...stftClasses] };
