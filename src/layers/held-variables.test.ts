import { expect, it } from "vitest";
import { KeptState } from "../program/kept-state.ts";
import type { Variable } from "../program/variable.ts";
import { holdVariables } from "./held-variables.ts";

it.each([
  [["vars/0", "vars/1", "vars/2", "vars/10", "vars/J", "vars/K", "inner/a"]],
  [["vars/K", "vars/J", "inner/a", "vars/10", "vars/2", "vars/1", "vars/0"]],
  [["vars/2", "vars/J", "vars/0", "vars/K", "vars/1", "inner/a", "vars/10"]],
])("variables come in one order, however a file lists them: %j", (paths) => {
  const part = (group: string) =>
    new KeptState(
      new Map(
        paths
          .filter((path) => path.startsWith(group))
          .map((path) => [
            path.slice(group.length),
            { dtype: "float32", shape: [], attributes: new Map(), data: () => never() },
          ]),
      ),
    );
  const groups = paths[0]!.startsWith("vars") ? ["vars/", "inner/"] : ["inner/", "vars/"];
  const state = new KeptState(new Map(groups.map((group) => [group.slice(0, -1), part(group)])));
  const ownVariables: Variable[] = [];
  holdVariables(state, { name: "m", trainable: true, ownVariables });
  expect(ownVariables.map(({ path }) => path)).toEqual([
    "m/0",
    "m/1",
    "m/2",
    "m/10",
    "m/J",
    "m/K",
    "m/inner/a",
  ]);
});

function never(): never {
  throw new Error("is not read");
}
