import { defineConfig } from "vitest/config";

/** The unit tests that say within seconds what a change of one line breaks. */
export default defineConfig({
  test: {
    include: ["test/{provider,smooch,contract}/**/*.test.ts"],
    // Random inputs, so that the same mutant may live once and die once.
    exclude: ["test/provider/properties.test.ts"],
    testTimeout: 20_000,
  },
});
