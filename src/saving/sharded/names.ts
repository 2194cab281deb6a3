const endOfIndex = /(?:\.weights)?\.json$/;

/** What the files of an index are called: `model_00000.weights.h5` of `model.weights.json`. */
export function shardName(index: string, i: number): string {
  return `${index.replace(endOfIndex, "")}_${String(i).padStart(5, "0")}.weights.h5`;
}

/** Whether a file is called as one of an index is. */
export function isShardName(name: string, index: string): boolean {
  const [, number] = /_(\d{5,})\.weights\.h5$/.exec(name) ?? [];
  return number !== undefined && name === shardName(index, Number(number));
}
