import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";
import { expect } from "vitest";
import { startEmulator } from "../../src/emulator/index";
import { runPulumi } from "../support/cli";
import { packPackage } from "../support/pack";
import { environmentFor } from "../support/stack";
import { type Combination, type Language, sdkVersions } from "./combinations";
import { installCommand, managerEnvironment, nodeFolder, run } from "./machine";

const names = "SmoochApp, SmoochKey, SmoochWebhook, getKeys";

/** The same program in every language. */
const body = `
const app = new SmoochApp("support", { settings: { useAnimalNames: true } });
const key = new SmoochKey("backend", { appId: app.id, keepers: { n: 1 } });
new SmoochWebhook("events", { appId: app.id, target: "https://bot.example" });
const keys = getKeys({ appId: key.appId }).apply((all) => all.map(({ id }) => id));
`;
const typed = `import { ${names} } from "pulumi-smooch";
import { app as provider } from "pulumi-smooch/provider";
const check: string = typeof provider.check;
${body}
export { check, keys };
export const jwt = key.jwt;
`;
// Node cannot know which names of a CommonJS module are types, so only values are imported.
const esm = `import { ${names} } from "pulumi-smooch";\n${body}\nexport { keys };\nexport const jwt = key.jwt;\n`;
const commonjs = `const { ${names} } = require("pulumi-smooch");\n${body}\nmodule.exports = { keys, jwt: key.jwt };\n`;

interface Form {
  main: string;
  program: string;
  isModule?: boolean;
  /** Options of Pulumi's Node.js runtime. */
  options?: string[];
  tsconfig?: object;
  dependencies?: Record<string, string>;
}

const compiled = { strict: true, target: "es2022", skipLibCheck: true };
const forms: Record<Language, Form> = {
  ts: {
    main: "index.ts",
    program: typed,
    // TypeScript 6 calls it deprecated; Pulumi's SDK assumes `nodenext` if it is not set, which contradicts `commonjs`.
    tsconfig: { ...compiled, module: "commonjs", moduleResolution: "node10" },
  },
  "ts-nodenext": {
    main: "index.ts",
    program: typed,
    tsconfig: { ...compiled, module: "nodenext", moduleResolution: "nodenext" },
  },
  "ts-bundled": { main: "index.ts", program: typed },
  js: { main: "index.js", program: commonjs, options: ["typescript: false"] },
  esm: { main: "index.js", program: esm, isModule: true, options: ["typescript: false"] },
  tsx: {
    main: "index.ts",
    program: typed,
    options: ["typescript: false", 'nodeargs: "--import tsx"'],
    dependencies: { tsx: "^4.0.0" },
  },
  strip: { main: "index.ts", program: typed, isModule: true, options: ["typescript: false"] },
};

/** Installs the packed package in its own project, and creates and destroys a stack with it. */
export async function play(combination: Combination): Promise<void> {
  const { manager, language, typescript, sdk } = combination;
  const node = await nodeFolder(combination.node);
  const folder = mkdtempSync(join(tmpdir(), "pulumi-smooch-matrix-"));
  const emulator = await startEmulator({ checkTargets: false });
  try {
    await write(folder, forms[language], sdkVersions[sdk], typescript);
    const path = [node, process.env.PULUMI_SMOOCH_CLI, process.env.PATH].join(delimiter);
    const [program = "", ...args] = await installCommand(manager, node);
    const home = join(folder, "home");
    await run(program, args, {
      cwd: folder,
      env: { ...process.env, ...(await managerEnvironment()), PATH: path, YARN_GLOBAL_FOLDER: home },
    });
    const environment: Record<string, string> = { ...environmentFor(emulator), PATH: path };
    const pulumi = async (...command: string[]) => {
      const { code, output } = await runPulumi(folder, command, environment);
      expect(code, output).toBe(0);
      return output;
    };
    await pulumi("stack", "init", "dev");
    await pulumi("up", "--yes", "--skip-preview");
    const { keys } = emulator.emulator.snapshot();
    const outputs: unknown = JSON.parse(await pulumi("stack", "output", "--json", "--show-secrets"));
    expect(outputs).toMatchObject({ keys: keys.map(({ id }) => id) });
    // Pulumi has checked the program's types by now.
    environment.PULUMI_NODEJS_TRANSPILE_ONLY = "true";
    await pulumi("preview", "--expect-no-changes");
    await pulumi("destroy", "--yes", "--skip-preview");
    expect([keys.length, emulator.emulator.isEmpty()]).toEqual([1, true]);
  } finally {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function write(folder: string, form: Form, sdk: string, typescript: string | undefined): Promise<void> {
  const { tarball } = await packPackage(folder);
  const manifest = {
    name: "user",
    private: true,
    main: form.main,
    ...(form.isModule && { type: "module" }),
    dependencies: {
      "@pulumi/pulumi": sdk,
      "pulumi-smooch": `file:./${basename(tarball)}`,
      ...form.dependencies,
    },
    ...(typescript !== undefined && {
      devDependencies: { typescript: `^${typescript}.0.0`, "@types/node": "^20" },
    }),
  };
  const options = form.options?.map((line) => `    ${line}`) ?? [];
  const runtime = ["runtime:", "  name: nodejs", ...(options.length > 0 ? ["  options:", ...options] : [])];
  const files = {
    "package.json": JSON.stringify(manifest),
    "Pulumi.yaml": ["name: user", ...runtime, ""].join("\n"),
    [form.main]: form.program,
    ...(form.tsconfig !== undefined && {
      "tsconfig.json": JSON.stringify({
        compilerOptions: { ...form.tsconfig, ...(typescript === "6" && { ignoreDeprecations: "6.0" }) },
        include: ["index.ts"],
      }),
    }),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}
