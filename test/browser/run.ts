/** Runs the checks of page.ts in Chromium, one by one. `npm run test:browser` */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Checks } from "../../tools/closing-line.ts";
import { ROOT } from "../../tools/doors.ts";
import { CHROMIUM, openPage } from "./harness.ts";

const checks = new Checks();
if (!existsSync(CHROMIUM)) checks.skip("browser", `there is no ${CHROMIUM} (set CHROMIUM to name another)`);
else await checks.run("a page with the bundle opens, runs its checks and closes", runPage);
checks.finish();

async function runPage(): Promise<void> {
  const { page, takeProblems, close } = await openPage(join(import.meta.dirname, "page.ts"), {
    folders: {
      "/golden/": join(ROOT, "golden"),
      "/onnxruntime-web/": join(ROOT, "node_modules", "onnxruntime-web", "dist"),
    },
  });
  const failOnProblems = (error?: unknown) => {
    const problems = [...takeProblems(), ...(error === undefined ? [] : [String(error)])];
    if (problems.length > 0) throw new Error(problems.join("\n"));
  };
  try {
    await page.waitForFunction(() => window.browserChecks !== undefined, undefined, { timeout: 10_000 });
    const names = await page.evaluate(() => window.browserChecks.map(({ name }) => name));
    failOnProblems();
    for (const [i, name] of names.entries()) {
      await checks.run(name, async () => {
        const check = page.evaluate(async (i) => window.browserChecks[i]?.run(), i);
        await check.then(() => failOnProblems(), failOnProblems);
      });
    }
  } catch (error) {
    failOnProblems(error);
  } finally {
    await close();
  }
  failOnProblems();
}
