import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const root = join(__dirname, "..", "..");
const overlay = join(__dirname, "ribbon");

/** One thing that a new kind takes: a file of its own, or lines in a table of all kinds. */
interface Piece {
  file: string;
  /** Added after a line of another kind. Absent: the file is the kind's own. */
  lines?: readonly { after: string; add: string }[];
}

/** All that a new kind takes: its four files, and a row in each table of kinds. */
export const pieces: Readonly<Record<string, Piece>> = {
  "its class": { file: "src/resources/ribbon.ts" },
  "its definition": { file: "src/provider/kinds/ribbon.ts" },
  "its endpoints": { file: "src/smooch/endpoints/ribbon.ts" },
  "its emulation": { file: "src/emulator/kinds/ribbon.ts" },
  "its row": {
    file: "src/kinds.ts",
    lines: [{ after: '{ type: "Integration"', add: '  ribbon: { type: "Ribbon", parent: "app" },' }],
  },
  "the client's row": {
    file: "src/smooch/endpoints/index.ts",
    lines: [
      { after: 'from "./key"', add: 'import { ribbons } from "./ribbon";' },
      { after: "readonly integrations;", add: "  readonly ribbons;" },
      { after: "this.integrations =", add: "    this.ribbons = ribbons(api);" },
    ],
  },
  "the provider's row": {
    file: "src/provider/kinds/index.ts",
    lines: [
      { after: 'from "./key"', add: 'import { ribbon } from "./ribbon";' },
      { after: "  integration,", add: "  ribbon," },
    ],
  },
  "the emulator's row": {
    file: "src/emulator/kinds/index.ts",
    lines: [
      { after: 'from "./key"', add: 'import { ribbon } from "./ribbon";' },
      { after: "  integration,", add: "  ribbon," },
    ],
  },
  "the provider's export": {
    file: "src/provider/index.ts",
    lines: [{ after: "export const integration =", add: 'export const ribbon = provider("ribbon");' }],
  },
  "the class's export": {
    file: "src/index.ts",
    lines: [
      {
        after: 'SmoochKey } from "./resources/key"',
        add: 'export { SmoochRibbon } from "./resources/ribbon";',
      },
    ],
  },
};

/** A copy of this repository in which pieces of the new kind can be put and taken away. */
export class Tree {
  readonly folder = mkdtempSync(join(tmpdir(), "pulumi-smooch-new-kind-"));

  constructor() {
    const left = [".git", "node_modules", "dist", "new-kind", ".work"];
    cpSync(root, this.folder, { recursive: true, filter: (path) => !left.includes(basename(path)) });
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
  }

  add({ file, lines }: Piece): void {
    const path = join(this.folder, file);
    if (lines === undefined) cpSync(join(overlay, file), path);
    else writeFileSync(path, lines.reduce(insert, readFileSync(path, "utf8")));
  }

  take({ file, lines }: Piece): void {
    const path = join(this.folder, file);
    if (lines === undefined) rmSync(path);
    else cpSync(join(root, file), path);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

function insert(text: string, { after, add }: { after: string; add: string }): string {
  const lines = text.split("\n");
  const [index] = lines.flatMap((line, at) => (line.includes(after) ? [at] : []));
  if (index === undefined) throw new Error(`No line has ${after}.`);
  return lines.toSpliced(index + 1, 0, add).join("\n");
}
