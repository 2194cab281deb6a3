import { readdirSync } from "node:fs";
import { quote } from "../../json/quote.ts";

/** What a folder is that is given in place of a file, by the names in it, with the way to a file. */
export function describeFolder(path: string): string {
  let names: ReadonlySet<string>;
  try {
    names = new Set(readdirSync(path));
  } catch {
    return "a folder.";
  }
  if (names.has("saved_model.pb") || names.has("keras_metadata.pb")) {
    return "a SavedModel folder. Load the Keras model in Python with tf_keras, and save it with Keras 3 as .keras.";
  }
  if (names.has("config.json") && names.has("model.weights.h5")) {
    return "a folder with the files of a .keras archive. Pack them into one: zip -0 model.keras metadata.json config.json model.weights.h5.";
  }
  if (names.has("model.json")) return "a folder. Give its model.json instead.";
  const [only, ...others] = [...names].filter((name) => name.endsWith(".keras"));
  return only !== undefined && others.length === 0 ? `a folder. Give ${quote(only)} in it.` : "a folder.";
}
