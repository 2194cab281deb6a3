import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { doors } from "../../tools/doors.ts";
import { junk, rawErrors } from "./junk.fixture.ts";

type Callable = (...args: unknown[]) => unknown;

function isClass(value: unknown): value is new (...args: unknown[]) => object {
  if (typeof value !== "function") return false;
  return "className" in value || /^class\b/.test(Function.prototype.toString.call(value));
}

/** They change what the whole program does, or are errors themselves. */
const LEFT_OUT = /^(resetNames|useReference|setGlobalPolicy|\w*Error)$/;

const exported: [string, string, unknown][] = [];
for (const [door, file] of doors) {
  const module = (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>;
  for (const [name, value] of Object.entries(module))
    if (typeof value === "function" && !LEFT_OUT.test(name)) exported.push([door, name, value]);
}

describe.each([...doors.keys()])("what %s exports", (door) => {
  const own = exported.filter(([from]) => from === door).map(([, name, value]) => [name, value] as const);

  it.each(own)("%s says in words what is wrong", async (name, value) => {
    const raw: string[] = [];
    const make = isClass(value) ? (...args: unknown[]) => new value(...args) : (value as Callable);
    raw.push(...(await rawErrors(`${name}()`, () => make())));
    for (const [shown, thing] of junk) {
      raw.push(...(await rawErrors(`${name}(${shown})`, () => make(thing))));
      if (isClass(value) && "fromConfig" in value) {
        const fromConfig = (value.fromConfig as Callable).bind(value);
        raw.push(...(await rawErrors(`${name}.fromConfig(${shown})`, () => fromConfig(thing))));
      }
    }
    expect(raw.join("\n")).toBe("");
  });
});
