import { parseWithin } from "../json/parse.ts";
import { quoteIfOdd } from "../json/quote.ts";
import { Budget } from "../saving/budget.ts";
import { userBlock } from "../saving/file-kind.ts";
import { brokenHdf5, hdf5Kind } from "../saving/formats/foreign-hdf5.ts";
import {
  checkChunks,
  type Hdf5Dataset,
  type Hdf5File,
  type Hdf5Group,
  openHdf5,
  placeIn,
} from "../saving/hdf5/index.ts";
import { readHdf5Model } from "../saving/hdf5-model/read-model.ts";
import { datasetsIn } from "../saving/weights-file.ts";
import { isDType } from "../tensor/dtype.ts";
import { checkJsonText } from "./check-json.ts";
import { codeByStart, fewBytes } from "./code-bytes.ts";
import { type Facts, type Looked, toLookAt } from "./context.ts";
import { type Loading, loadingOfModel, loadingOfWeights } from "./loads/index.ts";
import { noteUnstored } from "./not-stored.ts";
import { tryOlder } from "./try-older.ts";
import { weightsReport } from "./weights-report.ts";

/** What a file of a whole model has at its root. */
const modelAttribute = "model_config";

/** Looks at an HDF5 file: weights, or a whole model, of any Keras. */
export async function checkHdf5(looked: Looked): Promise<Facts> {
  const { source, name, findings } = looked;
  await checkUserBlock(looked);
  const budget = toLookAt(looked);
  const file = await findings.attempt("damaged-weights", () => openHdf5(source, { name, budget }));
  // What the root says can be read even where something below it cannot.
  const { root } = file ?? (await openRoot(looked)) ?? {};
  if (root) await checkAttributes(root, looked);
  if (file) await findings.attempt("damaged-weights", () => noteUnstored(file, findings));
  if (file) await findings.attempt("damaged-weights", () => readChunks(file, looked));
  for (const { dtype, path } of file ? datasetsIn(file) : [])
    if (!isDType(dtype))
      findings.add("unknown-weights", quoteIfOdd(path), "holds elements that are no numbers.");
  const { format, what, help } = file ? hdf5Kind(file.root) : brokenHdf5;
  if (format !== "weights-h5") findings.add("other-format", "", `is ${what}. ${help}`);
  const version = root?.attributes.get("keras_version");
  const tried = file?.root.attributes.has(modelAttribute) ? await tryOlder(looked, readHdf5Model) : null;
  return {
    format,
    isWhole: tried ? tried.isWhole : file !== null,
    model: tried?.model ?? null,
    keras_version: typeof version === "string" ? version : null,
    weights: file && weightsReport(file),
    loads: file && !tried ? loadingOfWeights(file, name) : root ? await loadingOf(root, looked) : [],
  };
}

/** Which programs load the model in it; none where there is only weights. */
async function loadingOf(
  { attributes }: Hdf5Group,
  { source, limits, findings }: Looked,
): Promise<Loading[]> {
  const text = textsOf(attributes.get(modelAttribute)).join("");
  if (text === "") return [];
  const { jsonValues } = new Budget(source.size, limits);
  const config = await findings.attempt("damaged-config", () =>
    parseWithin(text, modelAttribute, jsonValues),
  );
  return config === null ? [] : loadingOfModel(config, attributes.get("keras_version"), "an HDF5 file");
}

/** Says what stands in front of the file's own bytes, where anybody may put what they like. */
async function checkUserBlock({ source, findings }: Looked): Promise<void> {
  const size = await userBlock(source, (at) => source.read(at, 8));
  if (!size) return;
  const code = codeByStart(await source.read(0, Math.min(size, fewBytes)));
  if (code) findings.add("code-in-file", "", `begins as ${code}, in the user block of an HDF5 file.`);
  else
    findings.add(
      "not-looked-into",
      "",
      `begins with a user block of ${size} bytes, which is not looked into.`,
    );
}

/** The root alone, with its attributes; null where not even that can be read. */
async function openRoot({ source, name, limits, findings }: Looked): Promise<Hdf5File | null> {
  const budget = new Budget(source.size, limits);
  return findings.attempt("damaged-weights", () => openHdf5(source, { name, within: "/\0", budget }));
}

/** Reads chunks that have sums, where all arrays together are not too much for who would read them. */
async function readChunks(file: Hdf5File, { name, budget }: Looked): Promise<void> {
  for (const { path, declaredBytes } of datasetsIn(file))
    budget.declaredBytes.take(declaredBytes, () => placeIn(name, path));
  await checkChunks(file);
}

/** Looks at the texts of JSON that groups and arrays have beside them: configs of a model and of its training. */
export async function checkAttributes(root: Hdf5Group, looked: Looked): Promise<void> {
  const pending: (Hdf5Group | Hdf5Dataset)[] = [root];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { path, attributes } = next;
    for (const [key, value] of attributes) {
      const isConfig = key.endsWith("_config");
      for (const text of textsOf(value)) {
        if (isConfig || /^\s*[[{]\s*["{[]/.test(text))
          await checkJsonText(text, `${path && `${quoteIfOdd(path)} `}${quoteIfOdd(key)}`, looked);
      }
    }
    if (next.kind === "group") for (const child of next.children.values()) pending.push(child);
  }
}

/** The texts of an attribute; one that was split into several is one again. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) && value.every((part) => typeof part === "string") ? [value.join("")] : [];
}
