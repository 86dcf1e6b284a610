import manifest from "../../package.json";

export const nodes = ["20", "22", "24", "26"] as const;
export const managers = ["npm", "pnpm", "yarn1", "yarn", "bun"] as const;

/** How the program is written, and what runs it. */
export type Language =
  /** TypeScript that Pulumi compiles to CommonJS, with the user's compiler. */
  | "ts"
  /** The same with `module: nodenext`. */
  | "ts-nodenext"
  /** TypeScript that Pulumi compiles with the compiler that its SDK contains. */
  | "ts-bundled"
  | "js"
  | "esm"
  | "tsx"
  /** TypeScript that Node itself runs, by stripping the types. */
  | "strip";

export interface Combination {
  node: (typeof nodes)[number];
  manager: (typeof managers)[number];
  language: Language;
  /** The version of TypeScript, if the program has its own. */
  typescript?: "5" | "6";
  sdk: "oldest" | "newest";
  /** Whether `npm test` runs it as well. */
  quick?: boolean;
}

/** Each value of a column shares a row with each value of every other column, if the two are compatible. */
export const combinations: readonly Combination[] = [
  { node: "20", manager: "pnpm", language: "ts", typescript: "6", sdk: "newest", quick: true },
  { node: "20", manager: "yarn", language: "esm", sdk: "oldest", quick: true },
  { node: "20", manager: "npm", language: "ts-nodenext", typescript: "5", sdk: "oldest" },
  { node: "20", manager: "bun", language: "js", sdk: "newest" },
  { node: "22", manager: "npm", language: "tsx", sdk: "newest" },
  { node: "22", manager: "pnpm", language: "strip", sdk: "oldest" },
  { node: "22", manager: "yarn1", language: "ts", typescript: "5", sdk: "newest" },
  { node: "22", manager: "bun", language: "ts-bundled", sdk: "oldest" },
  { node: "24", manager: "npm", language: "strip", sdk: "newest" },
  { node: "24", manager: "pnpm", language: "js", sdk: "oldest" },
  { node: "24", manager: "yarn1", language: "ts-bundled", sdk: "newest" },
  { node: "26", manager: "yarn", language: "ts-nodenext", typescript: "6", sdk: "newest" },
  { node: "26", manager: "npm", language: "ts", typescript: "5", sdk: "oldest" },
  { node: "26", manager: "bun", language: "esm", sdk: "newest" },
];

export function describeCombination({ node, manager, language, typescript, sdk }: Combination): string {
  const compiler = typescript === undefined ? "" : `, TypeScript ${typescript}`;
  return `Node.js ${node}, ${manager}, ${language}${compiler}, ${sdk} SDK`;
}

const [, oldest = ""] = /^>=(\S+)/.exec(manifest.peerDependencies["@pulumi/pulumi"]) ?? [];
export const sdkVersions = { oldest, newest: manifest.devDependencies["@pulumi/pulumi"] };
