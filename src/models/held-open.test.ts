import { expect, it } from "vitest";
import { closeHeld, holdOpen } from "./held-open.ts";

/** Something that notes when it is closed. */
function holding(name: string, closed: string[], isUnused?: () => boolean) {
  const close = () => {
    closed.push(name);
  };
  return { close, isOfWeights: true, ...(isUnused && { isUnused }) };
}

it("keeps nothing of what is closed already", async () => {
  const model = {};
  const closed: string[] = [];
  let isGone = false;
  holdOpen(model, holding("kept", closed));
  for (let i = 0; i < 3; i++)
    holdOpen(
      model,
      holding(`gone ${i}`, closed, () => isGone),
    );
  isGone = true;
  holdOpen(model, holding("last", closed));
  await closeHeld(model);
  expect(closed).toEqual(["kept", "last"]);
});

it("closes what no other model holds", async () => {
  const closed: string[] = [];
  const [a, b] = [{}, {}];
  const shared = holding("shared", closed);
  for (const model of [a, b, b]) holdOpen(model, shared);
  await closeHeld(a);
  expect(closed).toEqual([]);
  await closeHeld(b);
  expect(closed).toEqual(["shared"]);
});
