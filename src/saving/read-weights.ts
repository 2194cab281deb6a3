import { quote, quoteIfOdd } from "../json/quote.ts";
import "../engines/reference/at-once/usual.ts";
import { type Issue, printableIssue } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import { Layer } from "../layers/layer.ts";
import { keepQuantized } from "../layers/quantized.ts";
import { Model } from "../models/model.ts";
import type { KeptState } from "../program/kept-state.ts";
import type { Variable } from "../program/variable.ts";
import { listedVariables, savedVariables, type VariableOwner } from "../program/variable-owner.ts";
import { full } from "../tensor/create.ts";
import { isFloat, isNumericDType } from "../tensor/dtype.ts";
import { sameShape } from "../tensor/shape.ts";
import { rememberAttributes } from "./file-memory.ts";
import type { FileSum } from "./file-sum.ts";
import { type Hdf5Dataset, type Hdf5File, type Hdf5Group, placeIn } from "./hdf5/index.ts";
import { keepAttributes, keepGroup } from "./kept-group.ts";
import { StoredTensor } from "./stored-tensor.ts";
import { keepsState, type Naming, type Saved, walkWeights } from "./weight-tree.ts";

export interface ConnectOptions {
  /** What errors call the file. */
  readonly name: string;
  /** Leave the layers that do not fit as they are. */
  readonly skipMismatch?: boolean;
  /** Gets to know of weights that an older Keras did not save, and of what is kept and cannot be computed with. */
  readonly onUnknown?: ((issue: Issue) => void) | null | undefined;
  /** Take over names of groups too, for a model that comes from this file. */
  readonly remember?: boolean;
  /** How the file calls what the model has. */
  readonly naming?: Naming | undefined;
  /** That of the file, where it has one. */
  readonly sum?: FileSum;
}

/** Whose variables, and what the file has for them. */
interface Match {
  readonly owner: VariableOwner;
  readonly path: string;
  readonly group: Hdf5Group | undefined;
}

/**
 * Connects a model's variables to the tensors of a file: checked now, read when needed. Throws one FileError with all
 * that does not fit, and changes nothing then; or gives what was skipped.
 */
export async function connectWeights(
  model: Model,
  file: Hdf5File,
  options: ConnectOptions,
): Promise<readonly Issue[]> {
  const { name, skipMismatch = false, remember = false, onUnknown, sum, naming } = options;
  const issues: Issue[] = [];
  const fitting: Match[] = [];
  const states: (() => void)[] = [];
  const { matches, unsaved } = await matchLayers(model, file, naming);
  const quantized = new Map<string, string[]>();
  for (const match of matches) {
    const mode = quantizationOf(match);
    if (mode !== null) {
      quantized.set(mode, [...(quantized.get(mode) ?? []), match.owner.name]);
      states.push(() =>
        keepQuantized(match.owner as Layer, keepGroup(groupAround(file, match), name, sum), mode),
      );
      continue;
    }
    const found = problemsOf(match, name);
    for (const issue of found) issues.push(issue);
    if (found.length === 0) fitting.push(match);
    const state = stateOf(match, file, options);
    if (state) states.push(state);
  }
  if (issues.length > 0 && !skipMismatch) {
    const { errorIn } = await import("./why-unbuilt.ts");
    throw errorIn(model, issues);
  }
  for (const { owner, group } of fitting) {
    if (!group || keepsState(owner)) continue;
    if (remember) rememberAttributes(owner, keepAttributes(group.attributes));
    for (const [key, variable] of savedVariables(owner)) connect(variable, datasetAt(group, key)!, sum);
    // What the file has is the weight with its update.
    for (const factor of owner.lora ? [owner.lora.a, owner.lora.b] : [])
      factor.assign(full(factor.shape, 0, factor.dtype));
  }
  for (const assign of states) assign();
  for (const saved of unsaved)
    for (const issue of missingFrom(saved, name)) onUnknown?.(printableIssue(issue));
  for (const [mode, layers] of quantized) {
    const message = `the weights of ${inspect(layers)} are quantized to ${mode}: they are kept, and cannot be computed with.`;
    onUnknown?.(printableIssue({ path: name, message }));
  }
  return issues;
}

/** What is said of weights that have never been in the file. */
function missingFrom({ path, owner }: Saved, name: string): Issue[] {
  const variables = listedVariables(owner);
  if (variables.length === 0) return [];
  const message = `expected ${listed(variables)} of ${quote(owner.name)}, received none: older versions of Keras do not save what is in a list in a list. Its weights are new ones.`;
  return [{ path: placeIn(name, `${path}/vars`), message }];
}

function listed(variables: readonly Variable[]): string {
  const names = variables.map((variable) => quoteIfOdd(variable.name)).join(", ");
  return `${variables.length} variables${names && ` (${names})`}`;
}

/**
 * How a file has quantized a layer; null where it has not. What consists of other layers, as attention does, does not
 * say it of them in its config: their weights do.
 */
function quantizationOf({ owner, group }: Match): string | null {
  if (!group || keepsState(owner) || !(owner instanceof Layer) || !owner.built) return null;
  const variables = savedVariables(owner).map(([, variable]) => variable);
  const [first] = variables;
  const kept = datasetAt(group, "0");
  const isOther = (variable: Variable, i: number) =>
    problemOf(variable, datasetAt(group, String(i)), group) !== undefined;
  if (!first || !kept || !(group.children.size !== variables.length || variables.some(isOther))) return null;
  return (
    owner.dtype_policy.quantizationMode ?? (isWhole(kept.dtype) && isFloat(first.dtype) ? kept.dtype : null)
  );
}

function isWhole(dtype: string): boolean {
  return dtype === "int8" || dtype === "uint8";
}

function groupAround(file: Hdf5File, { path, group }: Match): Hdf5Group {
  const found = file.get(path);
  return found?.kind === "group" ? found : group!;
}

interface Matches {
  readonly matches: readonly Match[];
  readonly unsaved: readonly Saved[];
}

/** The layers of a model in a file; where it lacks some, they are looked for where Keras 2 put them, too. */
async function matchLayers(model: Model, file: Hdf5File, naming?: Naming): Promise<Matches> {
  const found = matchIn(model, file, naming);
  if (!found.matches.some(isMissing)) return found;
  const { olderPaths, rankedNames } = await import("./older-paths.ts");
  return matchIn(model, file, rankedNames(file, naming), olderPaths(file));
}

/** Whether the file should have something for an owner, as far as can be seen. */
function isMissing({ owner, group }: Match): boolean {
  if (group) return false;
  return keepsState(owner) || savedVariables(owner).length > 0 || (owner instanceof Layer && !owner.built);
}

/** The layers by their first path that the file has, else by their first; and those that its Keras did not save. */
function matchIn(
  model: Model,
  file: Hdf5File,
  naming?: Naming,
  olderPath?: (path: string) => string | undefined,
): Matches {
  const find = groupFinder(file, olderPath);
  const matches = new Map<VariableOwner, Match>();
  const again = (owner: VariableOwner, path: string) =>
    !matches.get(owner)?.group && find(path) !== undefined;
  const unsaved: Saved[] = [];
  for (const saved of walkWeights(model, again, naming)) {
    const { path, owner, container } = saved;
    if (container !== null && file.get(container) === undefined) unsaved.push(saved);
    else matches.set(owner, { owner, path, group: find(path) });
  }
  return { matches: [...matches.values()], unsaved: unsaved.filter(({ owner }) => !matches.has(owner)) };
}

/** Finds the group `vars` of a path, or of where that may be instead. */
function groupFinder(
  file: Hdf5File,
  olderPath: (path: string) => string | undefined = () => undefined,
): (path: string) => Hdf5Group | undefined {
  const groupAt = (path: string) => {
    const group = file.get(`${path}/vars`);
    return group?.kind === "group" ? group : undefined;
  };
  return (path) => {
    const there = groupAt(path) ? path : olderPath(path);
    return there === undefined ? undefined : groupAt(there);
  };
}

function problemsOf({ owner, path, group }: Match, name: string): Issue[] {
  if (keepsState(owner)) return [];
  const saved = savedVariables(owner);
  const variables = saved.map(([, variable]) => variable);
  const count = group?.children.size ?? 0;
  const where = placeIn(name, `${path}/vars`);
  if (variables.length === 0 && count > 0 && owner instanceof Layer && !owner.built) {
    const which = `layer ${quote(owner.name)}`;
    const message = `expected no variables, because ${which} is not built, received ${count}. Build the model first: call it or give it an input shape.`;
    return [{ path: where, message }];
  }
  if (variables.length !== count) {
    return [
      {
        path: where,
        message: `expected ${listed(variables)} of ${quote(owner.name)}, received ${count}.`,
      },
    ];
  }
  return saved.flatMap(([key, variable]) => {
    const message = problemOf(variable, group && datasetAt(group, key), group!);
    return message ? [{ path: placeIn(name, `${path}/vars/${key}`), message }] : [];
  });
}

function problemOf(
  variable: Variable,
  dataset: Hdf5Dataset | undefined,
  { children }: Hdf5Group,
): string | undefined {
  if (!dataset) return `expected a dataset, received a group with ${inspect([...children.keys()])}.`;
  if (!isNumericDType(dataset.dtype)) return `expected ${variable.dtype} numbers, received ${dataset.dtype}.`;
  if (sameShape(dataset.shape, variable.shape)) return undefined;
  return `expected shape ${inspect(variable.shape)}, received ${inspect(dataset.shape)}.`;
}

function datasetAt({ children }: Hdf5Group, key: string): Hdf5Dataset | undefined {
  const child = children.get(key);
  return child?.kind === "dataset" ? child : undefined;
}

function connect(variable: Variable, dataset: Hdf5Dataset, sum: FileSum | undefined): void {
  if (dataset.dtype === "int64") variable.widen();
  variable.assignLazily(new StoredTensor(dataset, variable.dtype, sum));
  sum?.expect();
}

/** Takes over what is kept as it is: the state of an optimizer, and of layers without code. */
function stateOf(
  { owner, path, group }: Match,
  file: Hdf5File,
  { name, sum }: ConnectOptions,
): (() => void) | undefined {
  const keep = (at: string, assign: (state: KeptState) => void) => {
    const group = file.get(at);
    if (group?.kind !== "group") return undefined;
    const state = keepGroup(group, name, sum);
    return () => assign(state);
  };
  if (keepsState(owner)) {
    // Where it was found, which a file of Keras 2 may call otherwise.
    return keep(group?.path.replace(/\/vars$/, "") ?? path, (state) => {
      owner.keptState = state;
    });
  }
  if (!(owner instanceof Model) || !owner.compiled) return undefined;
  return keep(`${path}/optimizer`, (state) => {
    owner.optimizerState = state;
  });
}
