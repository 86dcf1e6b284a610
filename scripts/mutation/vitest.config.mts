import { defineConfig } from "vitest/config";

/** The unit tests that show within seconds what a one-line change breaks. */
export default defineConfig({
  test: {
    include: ["test/{provider,smooch,contract}/**/*.test.ts"],
    // Uses random inputs, so the same mutant could survive one run and not the next.
    exclude: ["test/provider/properties.test.ts"],
    testTimeout: 20_000,
  },
});
