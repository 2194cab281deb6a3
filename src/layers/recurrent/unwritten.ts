import { inspect, isPlain } from "../../json/inspect.ts";
import { optionProblem } from "../option-problem.ts";

/** Options that Keras takes and that change no results; configs do not have them. */
export interface Implementation {
  /** How Keras groups the matrix products: 1 or 2. Here they are always grouped. Defaults to 2. */
  readonly implementation?: 0 | 1 | 2 | undefined;
}

export interface UseCudnn {
  /** Whether Keras uses cuDNN where it can. There is none here: `true` is an error. Defaults to "auto". */
  readonly use_cudnn?: boolean | "auto" | undefined;
}

/** Checks these options and leaves them out; options without them, such as a config, stay the same object. */
export function checkUnwritten<Options extends object>(className: string, options: Options): Options {
  if (!isPlain(options) || !("implementation" in options || "use_cudnn" in options)) return options;
  const { implementation = 2, use_cudnn = "auto", ...rest } = options as Options & Record<string, unknown>;
  if (![0, 1, 2].includes(implementation as number)) {
    throw optionProblem(className, "implementation", `expected 1 or 2, received ${inspect(implementation)}.`);
  }
  if (use_cudnn !== false && use_cudnn !== "auto") {
    throw optionProblem(className, "use_cudnn", `expected false or "auto", received ${inspect(use_cudnn)}.`);
  }
  return rest as Options;
}
