import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { functionOf, kerasFile } from "../check/files.fixture.ts";
import { capture } from "./capture.fixture.ts";
import { runCli } from "./run-cli.ts";

const popen = kerasFile({
  edit: (_, { config }) => Object.assign(config, { activation: functionOf("subprocess", "Popen") }),
});
let folder = "";
let outside = "";

beforeAll(() => {
  outside = mkdtempSync(join(tmpdir(), "ceratops-outside-"));
  writeFileSync(join(outside, "far.keras"), kerasFile());
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ceratops-check-"));
});
afterAll(() => rmSync(outside, { recursive: true }));

/** Makes files in the folder: their paths, and what is in them. */
function make(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

/** The first line of each report, without the folder. */
async function verdictsOf(...args: readonly string[]): Promise<{ code: number; lines: readonly string[] }> {
  const { code, stdout } = await capture(["check", ...args]);
  const lines = stdout.split("\n").filter((line) => line !== "" && !line.startsWith(" "));
  return { code, lines: lines.map((line) => line.replace(`${folder}/`, "")) };
}

describe("check of several files", () => {
  it("reports each, and their sums", async () => {
    make({ "a.keras": kerasFile(), "b.keras": popen, "c.keras": "" });
    const paths = ["b", "a", "c", "absent"].map((name) => join(folder, `${name}.keras`));
    expect(await verdictsOf(...paths)).toEqual({
      code: 1,
      lines: [
        "b.keras: dangerous, not usable",
        "a.keras: clean, usable",
        "c.keras: unreadable, not usable",
        "absent.keras: unreadable, not usable",
        "4 files: 1 dangerous, 2 unreadable, 1 clean",
      ],
    });
  });

  it("looks at each once, standard input too", async () => {
    make({ "a.keras": kerasFile() });
    const path = join(folder, "a.keras");
    const { stdout } = await capture(["check", path, "-", relative("", path), "-", folder, "--json"], {
      stdin: popen,
    });
    const files = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).file);
    expect(files).toEqual([path, "standard input"]);
  });

  it("writes a line of JSON for each, as for one alone", async () => {
    make({ "a.keras": kerasFile(), "b.keras": popen });
    const alone = await Promise.all(
      ["a.keras", "b.keras"].map((name) => capture(["check", join(folder, name), "--json"])),
    );
    const { code, stdout } = await capture(["check", folder, "--json"]);
    expect(stdout).toBe(alone.map((each) => each.stdout).join(""));
    expect(code).toBe(1);
  });
});

it("check looks at all others where a bug of ours meets one", async () => {
  make({ "a.keras": kerasFile() });
  const written = { stdout: "", stderr: "" };
  const sink = (name: "stdout" | "stderr") => ({
    write: (data: string | Uint8Array) => {
      written[name] += data;
    },
  });
  const stdin: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]: () => {
      throw new TypeError("x is not a function");
    },
  };
  const streams = { stdin, stdout: sink("stdout"), stderr: sink("stderr"), env: {} };
  expect(await runCli(["check", "-", join(folder, "a.keras")], streams)).toBe(1);
  expect(written.stdout).toContain(
    "standard input: unreadable, not usable\n  damaged     cannot be looked at, for an internal error. [unreadable]",
  );
  expect(written.stdout).toContain("2 files: 1 unreadable, 1 clean\n");
  expect(written.stderr).toContain("internal error: x is not a function.");
});

describe("check of a folder", () => {
  it("looks at the model files in it and below, by their content or name, in the order of names", async () => {
    make({
      "b/deep/er/model": kerasFile(),
      "b/a.keras": kerasFile(),
      "a.txt": "text",
      "B.KERAS": kerasFile(),
      "c.pkl": "not a pickle",
      "package.json": "{}",
      "b.zip": "PK",
    });
    expect(await verdictsOf(folder)).toEqual({
      code: 5,
      lines: [
        "B.KERAS: clean, usable",
        "b/a.keras: clean, usable",
        "b/deep/er/model: clean, usable",
        "c.pkl: unreadable, not usable",
        "4 files: 1 unreadable, 3 clean",
      ],
    });
  });

  it("follows no link, and says of which models it knows nothing", async () => {
    make({ "a/m.keras": kerasFile() });
    symlinkSync(folder, join(folder, "a", "circle"));
    symlinkSync(join(folder, "a", "m.keras"), join(folder, "inside.keras"));
    symlinkSync(outside, join(folder, "out"));
    symlinkSync(join(outside, "far.keras"), join(folder, "out.keras"));
    symlinkSync(join(folder, "absent"), join(folder, "lost.keras"));
    const { code, stdout } = await capture(["check", folder]);
    expect(code).toBe(5);
    expect(stdout).toContain(
      `${folder}/lost.keras: unreadable, not usable\n  damaged     expected a file, received a link that leads nowhere. [unreadable]`,
    );
    expect(stdout).toContain(
      `${folder}/out.keras: unreadable, not usable\n  damaged     expected a file in the folder, received a link out of it. Links are not followed: name the file itself to have it checked. [unreadable]`,
    );
    expect(stdout.split("\n").at(-2)).toBe("3 files: 2 unreadable, 1 clean");
  });

  it("follows a link that is named itself", async () => {
    const link = join(folder, "link");
    symlinkSync(outside, link);
    expect(await verdictsOf(link)).toEqual({ code: 0, lines: ["link/far.keras: clean, usable"] });
  });

  it("says where there is nothing to look at", async () => {
    expect(await capture(["check", folder])).toMatchObject({ code: 0, stdout: "no model files\n" });
    expect(await capture(["check", folder, "--json"])).toMatchObject({ code: 0, stdout: "" });
  });

  it("keeps a name on its line", async () => {
    make({ "a\n\u001b[2Jb.keras": kerasFile() });
    const { stdout } = await capture(["check", folder]);
    expect(stdout).not.toContain("\u001b");
    expect(stdout.split("\n")[0]).toContain("b.keras");
  });
});

describe("check --sarif", () => {
  it("writes one log of all, with paths from here", async () => {
    const { code, stdout } = await capture(["check", "golden/3.6/files", "--sarif"]);
    const { runs } = JSON.parse(stdout);
    expect(code).toBe(1);
    expect(runs[0].invocations[0].exitCode).toBe(1);
    const uris = runs[0].artifacts.map(({ location }: { location: { uri: string } }) => location.uri);
    expect(uris).toContain("golden/3.6/files/dense.keras");
    expect(uris).toEqual([...uris].sort());
    const lambda = runs[0].results.find(({ ruleId }: { ruleId: string }) => ruleId === "python-code");
    expect(lambda.locations[0].physicalLocation.artifactLocation.uri).toBe(
      "golden/3.6/files/python_lambda.keras",
    );
  });

  it("takes standard input and addresses by their names", async () => {
    const { code, stdout } = await capture(["check", "-", folder, "--sarif"], { stdin: kerasFile() });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).runs[0].artifacts).toEqual([{ location: { uri: "standard%20input" } }]);
  });

  it("is not JSON lines", async () => {
    expect(await capture(["check", folder, "--sarif", "--json"])).toMatchObject({
      code: 2,
      stderr: "ceratops: error: expected --json or --sarif, received both.\n",
    });
  });
});
