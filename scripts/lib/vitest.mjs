import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { root, run } from "./run.mjs";

const vitest = join(root, "node_modules", "vitest", "vitest.mjs");

/** Runs one vitest project with streamed output, and counts its tests. */
export async function runProject(project, filters, { env, limit }) {
  return withReport(async (report) => {
    const args = [vitest, "run", "--project", project, ...filters];
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const { code } = await run(process.execPath, [...args, ...reporters], {
      env,
      limit,
      stdio: ["ignore", "inherit", "inherit"],
    });
    return count(code, await readJson(report));
  });
}

/** The projects in which `filters` match a file. */
export async function matchingProjects(filters) {
  return withReport(async (report) => {
    await run(process.execPath, [vitest, "list", "--filesOnly", `--json=${report}`, ...filters], {
      limit: 60_000,
    });
    return new Set(((await readJson(report)) ?? []).map((file) => file.projectName));
  });
}

/**
 * The counts from vitest's JSON report, with one more failure for everything that failed without being a test, and the
 * names of all failures.
 */
function count(code, report) {
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  const brokenFiles = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  ).length;
  const failed = report.numFailedTests + brokenFiles;
  const failures = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter((test) => test.status === "failed")
      .map((test) => `${relative(root, name)}: ${test.fullName}`),
  );
  return {
    passed: report.numPassedTests,
    failed: failed || (code === 0 ? 0 : 1),
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
  };
}

async function withReport(work) {
  const folder = await mkdtemp(join(tmpdir(), "pulumi-smooch-test-"));
  try {
    return await work(join(folder, "report.json"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readJson(file) {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return undefined;
  }
}
