import { join } from "node:path";
import ts from "typescript";
import { doors, ROOT } from "./doors.ts";

/** What an editor shows of a program. */
export interface Shown {
  /** What hovers say, and the documentation below. */
  readonly hovers: readonly { readonly text: string; readonly documentation: string }[];
  /** What is suggested at each place. */
  readonly completions: readonly (readonly string[])[];
  /** What the compiler says. */
  readonly problems: readonly string[];
}

/**
 * What an editor shows of programs that use the package, in which `|` marks the places that are asked for. The public
 * names are those of the sources. All at once, because what is known of types is found out anew for each set of files.
 */
export function showInEditor(programs: readonly string[]): Shown[] {
  const files = new Map(
    programs.map((program, i) => [join(ROOT, `tools/in-editor-${i}.ts`), program.split("|")]),
  );
  const options = compilerOptions();
  const textOf = (path: string) => files.get(path)?.join("") ?? ts.sys.readFile(path);
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [...files.keys()],
    getScriptVersion: () => "0",
    getScriptSnapshot(path) {
      const text = textOf(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => ROOT,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (path) => files.has(path) || ts.sys.fileExists(path),
    readFile: textOf,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  });
  return [...files].map(([file, parts]) => {
    const places = parts.slice(0, -1).map((_, i) => parts.slice(0, i + 1).join("").length);
    return {
      hovers: places.map((at) => {
        const info = service.getQuickInfoAtPosition(file, at);
        return {
          text: ts.displayPartsToString(info?.displayParts),
          documentation: ts.displayPartsToString(info?.documentation),
        };
      }),
      completions: places.map((at) => {
        const entries = service.getCompletionsAtPosition(file, at, undefined)?.entries ?? [];
        return entries.map(({ name }) => name);
      }),
      problems: service
        .getSemanticDiagnostics(file)
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
    };
  });
}

/** The project's own options; public names are found in the sources. */
function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  return { ...options, paths: Object.fromEntries([...doors].map(([name, source]) => [name, [source]])) };
}
