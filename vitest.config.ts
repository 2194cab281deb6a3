import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts", "tools/**/*.test.ts", "fuzz/**/*.test.ts"],
    setupFiles: ["./test/setup.ts"],
    reporters: ["default", "./tools/reporter.ts", "./tools/tried-reporter.ts"],
    testTimeout: 60_000,
    // Vitest leaves one processor free, which is half of a small machine.
    maxWorkers: "100%",
  },
});
