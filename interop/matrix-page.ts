/** What came of carrying models from version to version: its data, and the page that shows them. */

/** Models by the reason why something is so of them. */
export type ByReason = Readonly<Record<string, readonly string[]>>;

/** What became of the models of one version in another. */
export interface Cell {
  /** How many compute there what they did. */
  readonly passed: number;
  /** How far the numbers of those are from what they were, at most; of models that compute in float32 or more. */
  readonly worst: number;
  /** What computes there what it did once it is written out with what that version has, by what the error says without. */
  readonly unfolded: ByReason;
  /** What is not written for that version, by what the error says. */
  readonly refused: ByReason;
  /** What is written and does not load there, as `ceratops check` says of the file: Keras itself cannot, by what stands against it. */
  readonly told: ByReason;
  /** What is written and was not tried. */
  readonly untried: ByReason;
  /** What does not load there, or computes otherwise. */
  readonly failed: ByReason;
}

export interface Matrix {
  /** How far numbers may be apart. */
  readonly allowed: number;
  /** By version that wrote them: models that are not read, with the error. */
  readonly unread: Readonly<Record<string, ByReason>>;
  /** By the version that wrote the models, by that which they were written for. */
  readonly rows: Readonly<Record<string, Readonly<Record<string, Cell>>>>;
}

/** How many models there are of all reasons. */
export function countOf(models: ByReason): number {
  return Object.values(models).reduce((sum, { length }) => sum + length, 0);
}

/** The page in Markdown. */
export function pageOf({ allowed, rows, unread }: Matrix): string {
  const names = Object.keys(Object.values(rows)[0] ?? {});
  const cells = Object.values(rows).flatMap((row) => Object.values(row));
  const sum = (kind: (cell: Cell) => number) => cells.reduce((all, cell) => all + kind(cell), 0);
  const passed = sum((cell) => cell.passed);
  const [unfolded = 0, refused = 0, told = 0, untried = 0, failed = 0] = (
    ["unfolded", "refused", "told", "untried", "failed"] as const
  ).map((kind) => sum((cell) => countOf(cell[kind])));
  const table = [
    `| written by | ${names.map(headed).join(" | ")} |`,
    `|---|${names.map(() => "---").join("|")}|`,
    ...Object.entries(rows).map(
      ([name, row]) => `| **${headed(name)}** | ${names.map((each) => shown(row[each])).join(" | ")} |`,
    ),
  ];
  return `# From version to version

Models that each of these versions wrote were read here, written for each of the others, and loaded by it, in an environment of
its own. A model has passed where it computes there what it did where it was made: no number is further away than ${exact(allowed)}
of 1 and the number itself, but for what computes in float16 or bfloat16, which is allowed a few steps of those. A cell says how
many models passed, how many of those that are refused passed once \`unfold\` had written out what that version does not have, how
many are refused still, before anything is written, of how many \`ceratops check\` says that this version
cannot load them, and in brackets how far the worst of the passed ones is; what failed stands in bold. Keras 3.0 computes on
TensorFlow, 3.3 and 3.6 on JAX (on NumPy they lose masks), newer ones on NumPy. In all ${passed} passed,
${unfolded} passed unfolded, ${refused} are refused, ${told} are told, ${failed} failed, ${untried} were not tried.

Written by \`npm run interop -- --matrix\`, of docs/versions.json, which names all models. No cell is written by hand.

${table.join("\n")}

${listed("Not read", withFaults(unread))}${by(rows, "unfolded", "Unfolded")}${by(rows, "refused", "Refused")}${by(rows, "told", "Told")}${by(rows, "failed", "Failed")}${by(rows, "untried", "Not tried")}`
    .trimEnd()
    .concat("\n");
}

/** `keras 3.6.0 .keras` → `Keras 3.6.0 .keras` */
function headed(name: string): string {
  return name
    .replace(/^keras/, "Keras")
    .replace(/^tf_keras/, "tf.keras")
    .replace(/^tensorflow/, "TensorFlow");
}

function shown(cell: Cell | undefined): string {
  if (!cell) return "";
  const [unfolded, refused, failed] = [countOf(cell.unfolded), countOf(cell.refused), countOf(cell.failed)];
  const parts = [`${cell.passed} passed`];
  if (unfolded > 0) parts.push(`${unfolded} unfolded`);
  if (refused > 0) parts.push(`${refused} refused`);
  if (countOf(cell.told) > 0) parts.push(`${countOf(cell.told)} told`);
  if (failed > 0) parts.push(`**${failed} failed**`);
  return `${parts.join(", ")}${cell.passed > 0 ? ` (${exact(cell.worst)})` : ""}`;
}

function exact(number: number): string {
  return number === 0 ? "0" : number.toExponential(0).replace("e-", "e-");
}

/** What a version does not load of what it wrote itself, as was tried there, and why. */
const ownFaults: ReadonlyMap<string, string> = new Map([
  [
    "keras 3.3.3 all_normalization",
    "Nor does Keras 3.3.3 load it, whose LayerNormalization does not say rms_scaling.",
  ],
]);

/** What is not read, with what the version that wrote it makes of it. */
function withFaults(unread: Matrix["unread"]): Matrix["unread"] {
  const explained = (name: string, reasons: ByReason): ByReason =>
    Object.fromEntries(
      Object.entries(reasons).map(([reason, ids]) => {
        const faults = new Set(ids.map((id) => ownFaults.get(`${name} ${id}`)));
        const [fault] = faults;
        return [fault !== undefined && faults.size === 1 ? `${reason} ${fault}` : reason, ids];
      }),
    );
  return Object.fromEntries(
    Object.entries(unread).map(([name, reasons]) => [name, explained(name, reasons)]),
  );
}

function listed(title: string, rows: Readonly<Record<string, ByReason>>): string {
  const lines = Object.entries(rows).flatMap(([name, reasons]) =>
    Object.entries(reasons).map(([reason, ids]) => `- ${headed(name)}, ${namesOf(ids)}: ${plain(reason)}`),
  );
  return lines.length === 0 ? "" : `## ${title}\n\n${lines.join("\n")}\n\n`;
}

type Kind = "unfolded" | "refused" | "told" | "untried" | "failed";

/** The reasons of one kind, by the version that was written for; those of several versions that wrote stand together. */
function by(rows: Matrix["rows"], kind: Kind, title: string): string {
  const found = new Map<string, Map<string, Set<string>>>();
  for (const row of Object.values(rows))
    for (const [name, cell] of Object.entries(row))
      for (const [reason, ids] of Object.entries(cell[kind])) {
        const reasons = found.get(name) ?? new Map<string, Set<string>>();
        found.set(name, reasons.set(reason, new Set([...(reasons.get(reason) ?? []), ...ids])));
      }
  return listed(
    title,
    Object.fromEntries(
      [...found].map(([name, reasons]) => [
        name,
        Object.fromEntries([...reasons].map(([reason, ids]) => [reason, [...ids]])),
      ]),
    ),
  );
}

function namesOf(ids: readonly string[]): string {
  return [...ids].sort().join(", ");
}

/** A text of an error within a line of Markdown. */
function plain(text: string): string {
  const short = text.length > 300 ? `${text.slice(0, 300)}…` : text;
  return `\`${short.replaceAll("`", "'")}\``;
}
