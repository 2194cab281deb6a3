import { exposure } from "../dialects/exposure.ts";
import { FileError } from "../errors.ts";
import { quote } from "../json/quote.ts";
import { isModelConfig, makeConfigModel } from "../saving/config-text/config-model.ts";
import { loadYaml } from "../saving/yaml/library.ts";
import { parseYaml } from "../saving/yaml/parse-yaml.ts";
import { makesObjects, shownTag } from "../saving/yaml/tags.ts";
import { checkJson } from "./check-json.ts";
import type { Looked } from "./context.ts";
import type { ModelReport } from "./report.ts";
import { describe, tryModel } from "./try-model.ts";

/** Looks at a config in YAML, which can ask for any object of Python, and makes the model of one that asks for none. */
export async function checkYaml(text: string, looked: Looked): Promise<ModelReport | null> {
  const { findings, budget, customObjects } = looked;
  if (!(await isReadable())) {
    findTag(text, looked);
    const help = 'Run "npm install yaml" to have it looked into.';
    findings.add("not-looked-into", "", `is YAML text, of which only its tags are looked at. ${help}`);
    return null;
  }
  let isPlain = true;
  const onTag = (tag: string, path: string) => {
    isPlain = false;
    if (makesObjects(tag)) addTag(shownTag(tag), path, looked);
    else
      findings.add(
        "damaged-config",
        path,
        `has the tag ${quote(shownTag(tag))}, which Keras does not write.`,
      );
  };
  const config = await findings.attempt("damaged-config", () =>
    parseYaml(text, "config", budget.jsonValues, onTag),
  );
  if (config === null) findTag(text, looked);
  else checkJson(config, "config", looked);
  if (!isPlain || config === null || !isModelConfig(config)) return null;
  const { model } = await tryModel(looked, (onUnknown) =>
    makeConfigModel(config, { customObjects, onUnknown }),
  );
  return model && describe(model);
}

async function isReadable(): Promise<boolean> {
  try {
    await loadYaml("");
    return true;
  } catch (error) {
    if (error instanceof FileError) return false;
    throw error;
  }
}

/** Looks for a tag in a text that cannot be read here: Python's library may read it. */
function findTag(text: string, looked: Looked): void {
  const tag = /!!python\/[\w/:.]+|tag:yaml\.org,2002:python\/[\w/:.]+/.exec(text)?.[0];
  if (tag) addTag(tag, "", looked);
}

function addTag(tag: string, path: string, { findings }: Looked): void {
  const message = `has the tag ${quote(tag)}, which makes objects of Python.`;
  findings.add("yaml-object", path, message, { keras: exposure.yaml });
}
