import { alias } from "../registry/class-of.ts";
import type { RevivableClass } from "../registry/registry.ts";
import { STFT } from "./stft.ts";

/** The initializer of spectrograms by both its names, for a registry. */
export const stftClasses: readonly RevivableClass[] = [STFT, /* @__PURE__ */ alias("STFTInitializer", STFT)];
