import { FileError } from "../../errors.ts";

/** The package `yaml`, which who reads such texts has installed. */
export type Yaml = typeof import("yaml");

/** Loads the package; `source` is what errors call the text that needs it. */
export async function loadYaml(source: string): Promise<Yaml> {
  try {
    return await import("yaml");
  } catch (cause) {
    throw new FileError(
      source,
      'expected the package yaml to be installed, which reads YAML text, found none. Run "npm install yaml".',
      { cause },
    );
  }
}
