import { basename } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Starts the files that take minutes first: the last to end would otherwise run alone. */
class SlowestFirst extends BaseSequencer {
  readonly #slow = [
    "finds-defects-v1",
    "finds-defects-v2",
    "matrix",
    "docs",
    "faults",
    "leak-sweep",
    "export",
    "new",
    "new-kind",
    "examples",
    "package",
    "bad-state",
    "lifecycle",
    "options",
    "import",
    "leaks",
    "fleet",
  ].map((name) => `${name}.test.ts`);

  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const index = this.#slow.indexOf(basename(moduleId));
      return index < 0 ? this.#slow.length : index;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

/**
 * Four projects: what runs in one process in seconds, what drives the real Pulumi CLI, what drives the emulator's console
 * in a browser, and the package with all versions of Node.js and package managers, which `npm test` leaves out.
 */
export default defineConfig({
  test: {
    // The client and the lifecycle are what must not fail: `npm test` holds their branches at what is said here.
    coverage: {
      provider: "v8",
      include: ["src/smooch/**", "src/provider/**"],
      // Run as they are published only: test/up, test/regressions and test/packaging load them from dist, as Pulumi does.
      exclude: ["src/provider/index.ts", "src/provider/process.ts"],
      reporter: ["text"],
      thresholds: { branches: 100 },
    },
    sequence: { sequencer: SlowestFirst },
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: [
            "test/up/**",
            "test/regressions/**",
            "test/packaging/**",
            "test/new-kind/**",
            "test/matrix/**",
            "test/console/**",
            "test/.work/**",
          ],
          testTimeout: 20_000,
          // One process for many files: what they import is loaded once. So a file puts back what it changes, and what
          // files share registers its hooks in a function that each of them calls.
          isolate: false,
          // Vitest itself leaves a core free, for which nothing else has a use here.
          maxWorkers: "100%",
        },
      },
      {
        test: {
          name: "up",
          include: ["test/{up,regressions,packaging,new-kind}/**/*.test.ts"],
          testTimeout: 600_000,
          hookTimeout: 300_000,
          isolate: false,
          globalSetup: "test/support/fresh-project.ts",
          // A command of the CLI waits for its processes, and the provider for Smooch, half of the time: more than one
          // worker for each of two cores.
          maxWorkers: 6,
        },
      },
      {
        test: {
          name: "console",
          include: ["test/console/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          isolate: false,
          globalSetup: "test/support/fresh-project.ts",
          // One browser at a time: what is measured needs the processor.
          maxWorkers: 1,
        },
      },
      {
        test: {
          name: "matrix",
          include: ["test/matrix/**/*.test.ts"],
          testTimeout: 300_000,
        },
      },
    ],
  },
});
