import type { FileFormat } from "../saving/formats/foreign-kind.ts";
import type { Loading } from "./loads/index.ts";
import type { NeededVersion } from "./needed-version.ts";
import type { FindingCode, Severity } from "./rules.ts";
import type { WeightsReport } from "./weights-report.ts";

/** What can be said of a file as a whole. */
export type Verdict = "clean" | "unknown" | "dangerous" | "damaged" | "unreadable";

/** One thing that was found in a file. */
export interface Finding {
  /** What kind of thing it is: a key of `rules`. */
  readonly code: FindingCode;
  readonly severity: Severity;
  /** Where it is: `config.layers[3].config.activation`, the name of a member, or a path in an HDF5 file. */
  readonly path: string;
  readonly message: string;
  /** The module that is named, where one is. */
  readonly module?: string | null;
  /** The class or function that is named, where one is. */
  readonly className?: string | null;
  /** Which versions of Keras do what the finding warns of. */
  readonly keras?: string;
}

/** What `checkModel` found: plain data, whose keys stay as they are. */
export interface CheckReport {
  /** What the file is called. */
  readonly file: string;
  readonly format: FileFormat;
  readonly verdict: Verdict;
  /** Whether the model can be loaded and run here, or the weights of a file of weights be read. */
  readonly usable: boolean;
  readonly findings: readonly Finding[];
  readonly keras_version: string | null;
  readonly date_saved: string | null;
  readonly model: ModelReport | null;
  readonly weights: WeightsReport | null;
  /** The oldest Keras that can load it; null where the config cannot be read. */
  readonly needs: NeededVersion | null;
  /**
   * Which versions of Keras 3, tf.keras and TensorFlow.js load it as it is: a model, or weights alone into a model of the layers
   * that they are of. None of a file that holds neither.
   */
  readonly loads: readonly Loading[];
}

export interface ModelReport {
  readonly name: string;
  readonly class_name: string;
  readonly layers: number;
}

/** What the findings amount to: danger first, then damage, then what is not known. */
export function verdictOf(findings: readonly Finding[]): Verdict {
  const has = (...severities: Severity[]) => findings.some(({ severity }) => severities.includes(severity));
  if (has("dangerous", "suspicious")) return "dangerous";
  if (findings.some(({ code }) => code === "unreadable")) return "unreadable";
  if (has("damaged")) return "damaged";
  return has("unknown") ? "unknown" : "clean";
}
