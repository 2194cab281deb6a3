/** What a layer has files of its own for, beside the weights: Keras's `save_assets` and `load_assets`. */
export interface OwnsFiles {
  /** What is in its files, by their names; none where its config says all. */
  filesToWrite(): ReadonlyMap<string, string>;
  /** Takes back what is in one of them. Absent where a layer inside does. */
  takeFile?(name: string, text: string): void;
}

/** Whether a layer, or what else is saved, has files of its own. */
export function ownsFiles(owner: object): owner is OwnsFiles {
  return "filesToWrite" in owner;
}
