/** The text of a config without the ids of shared objects, which belong to files. */
export function withoutIds(text: string): string {
  return text.replace(sharedId, "");
}

const sharedId = /, "shared_object_id": (?:"(?:[^"\\]|\\.)*"|\[[^\]]*\]|[-\w.]+)/g;
