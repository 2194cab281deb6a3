import { askedDialect, type Dialect, formatDialect, isOlder } from "../dialects/version.ts";
import { older } from "../dialects/walk.ts";
import { ConfigError, FileError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import { quote } from "../json/quote.ts";

/** What a model can be written as. */
export type ConversionKind = "keras" | "h5" | "tfjs" | "weights" | "json" | "onnx";

/** The same, or the version of Keras that is to read it: `"keras-3.6"`. */
export type ConversionTarget = ConversionKind | `keras-${string}`;

/** What is asked of a conversion. */
export interface Asked {
  readonly to?: ConversionTarget | null | undefined;
  readonly keras?: string | null | undefined;
  readonly quantizeWeights?: string | null | undefined;
}

/** Where a conversion writes, and what. */
export interface Target {
  readonly path: string;
  readonly kind: ConversionKind;
  /** The version of Keras it is for, where one is asked for. */
  readonly keras: Dialect | null;
}

interface Kind {
  /** How paths end, the usual ending first. */
  readonly endings: readonly string[];
  /** Whether it can be written for several versions of Keras. */
  readonly hasVersions: boolean;
}

/** The longest ending counts. */
const kinds: Readonly<Record<ConversionKind, Kind>> = {
  keras: { endings: [".keras"], hasVersions: true },
  h5: { endings: [".h5", ".hdf5"], hasVersions: true },
  tfjs: { endings: ["model.json"], hasVersions: false },
  weights: { endings: [".weights.h5", ".weights.json"], hasVersions: false },
  json: { endings: [".json"], hasVersions: true },
  onnx: { endings: [".onnx"], hasVersions: false },
};

const names = Object.keys(kinds) as readonly ConversionKind[];
const ofVersion = /^keras-(.*)$/;

/** What messages call all that can be asked for. */
export const targetNames: string = `${names.map((name) => quote(name)).join(", ")} or a version such as "keras-3.6"`;

/** Whether something is a {@link ConversionTarget}; its version may still be none. */
export function isTarget(given: unknown): given is ConversionTarget {
  return names.includes(given as ConversionKind) || (typeof given === "string" && ofVersion.test(given));
}

/** What is to be written at a path, as the options and its ending say. */
export function targetOf(path: string, { to = null, keras = null, quantizeWeights = null }: Asked): Target {
  const [, version] = ofVersion.exec(to ?? "") ?? [];
  const wanted = version === undefined ? (to as ConversionKind | null) : null;
  if (version !== undefined && keras !== null && keras !== version) {
    throw new ConfigError(
      "convert",
      `expected one version of Keras, received ${quote(version)} and ${inspect(keras)}.`,
    );
  }
  const asked = version ?? keras;
  const dialect = asked === null ? null : askedDialect("convert", asked, older.written);
  const kind = kindOf(path, wanted, dialect);
  if (kind === "tfjs" || quantizeWeights === null) return { path: fileAt(path, kind), kind, keras: dialect };
  throw new ConfigError(
    "convert",
    `expected quantizeWeights for a model.json of TensorFlow.js, received it for ${quote(path)}.`,
  );
}

/** Any path but that of another file is a folder for what is in several files. */
function fileAt(path: string, kind: ConversionKind): string {
  return kind === "tfjs" && endingOf(path) !== "tfjs" ? `${path.replace(/[\\/]+$/, "")}/model.json` : path;
}

function kindOf(path: string, wanted: ConversionKind | null, version: Dialect | null): ConversionKind {
  const isFolder = wanted === "tfjs" && !/\.\w{1,8}$/.test(path);
  const said = isFolder ? wanted : endingOf(path);
  if (said && (wanted ?? said) === said) {
    if (version === null || kinds[said].hasVersions) return said;
    const message = `expected no version of Keras for ${quote(said)}, which has none, received ${quote(formatDialect(version))}.`;
    throw new ConfigError("convert", message);
  }
  const known =
    wanted === null ? names.filter((each) => version === null || kinds[each].hasVersions) : [wanted];
  const endings = known.flatMap((each) => kinds[each].endings);
  const what =
    wanted === null
      ? version === null
        ? ""
        : ` for Keras ${formatDialect(version)}`
      : ` for ${quote(wanted)}`;
  // What was before Keras 3 reads HDF5, whichever version it is.
  const usual = isOlder(version) && wanted === null ? kinds.h5.endings : endings;
  throw new FileError(
    "convert",
    `expected a path that ends in ${endings.join(" or ")}${what}, received ${inspect(path)}.${suggestion(path, usual)}`,
  );
}

/** What a path's ending says. */
function endingOf(path: string): ConversionKind | undefined {
  if (/(?:^|[\\/])model\.json$/.test(path)) return "tfjs";
  let longest: { readonly kind: ConversionKind; readonly end: string } | undefined;
  for (const kind of names.filter((each) => each !== "tfjs"))
    for (const end of kinds[kind].endings)
      if (path.endsWith(end) && end.length > (longest?.end.length ?? 0)) longest = { kind, end };
  return longest?.kind;
}

function suggestion(path: string, [usual = ""]: readonly string[]): string {
  const stem = path.replace(/(?:\.weights)?\.\w{1,8}$/, "");
  if (stem === "" || usual === "") return "";
  return ` Did you mean ${inspect(usual.startsWith(".") ? `${stem}${usual}` : `${stem}/${usual}`)}?`;
}
