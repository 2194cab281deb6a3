/** The last line of every runner of this project. */
export function closingLine(passed: number, failed: number, skipped = 0): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** Named checks run one after the other: each prints its outcome, `finish` prints the closing line and sets the exit code. */
export class Checks {
  #passed = 0;
  #failed = 0;
  #skipped = 0;

  async run(name: string, check: () => unknown): Promise<void> {
    const start = performance.now();
    try {
      await check();
      this.#passed += 1;
      console.log(`ok      ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
    } catch (error) {
      this.#failed += 1;
      console.log(`failed  ${name}\n${indent(error instanceof Error ? error.message : String(error))}`);
    }
  }

  skip(name: string, reason: string): void {
    this.#skipped += 1;
    console.log(`skipped: ${name}: ${reason}`);
  }

  finish(): void {
    console.log(closingLine(this.#passed, this.#failed, this.#skipped));
    process.exitCode = this.#failed === 0 ? 0 : 1;
  }
}

function indent(text: string): string {
  return text.trimEnd().replace(/^/gm, "        ");
}
