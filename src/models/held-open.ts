/** Something that a model keeps open until it is disposed: a file, a compiled session. */
export interface Holding {
  close(): void | Promise<void>;
  /** Whether a model that takes over weights that are not read yet needs it too. */
  readonly isOfWeights: boolean;
  /** Whether nothing can read from it any more: it was closed without the model, and need not be kept. */
  isUnused?(): boolean;
}

const holdings = new WeakMap<object, Set<Holding>>();
const holders = new WeakMap<Holding, number>();

/** Says that a model needs something to be open. */
export function holdOpen(model: object, holding: Holding): void {
  const held = holdings.get(model) ?? new Set();
  holdings.set(model, held);
  for (const other of held) if (other.isUnused?.()) held.delete(other);
  if (held.has(holding)) return;
  held.add(holding);
  holders.set(holding, (holders.get(holding) ?? 0) + 1);
}

/** Says that a model reads its weights from where another one does. */
export function shareWeights(from: object, to: object): void {
  for (const holding of holdings.get(from) ?? []) if (holding.isOfWeights) holdOpen(to, holding);
}

/** Closes what a model holds open and no other does. */
export async function closeHeld(model: object): Promise<void> {
  const held = [...(holdings.get(model) ?? [])];
  holdings.delete(model);
  const unheld = held.filter((holding) => {
    const left = (holders.get(holding) ?? 1) - 1;
    holders.set(holding, left);
    return left === 0;
  });
  await Promise.all(unheld.map((holding) => holding.close()));
}
