import { defineConfig } from "vitest/config";

/** The unit tests that show within seconds what a one-line change breaks; audit and export use what a kind says of itself. */
export default defineConfig({
  test: {
    include: [
      "test/{provider,smooch,contract,cli/audit,cli/export}/**/*.test.ts",
      "test/cli/commands/{audit,export}.test.ts",
    ],
    // Uses random inputs, so the same mutant could survive one run and not the next.
    exclude: ["test/provider/properties.test.ts"],
    testTimeout: 20_000,
  },
});
