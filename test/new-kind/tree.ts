import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const root = join(__dirname, "..", "..");

/** One thing that a new kind needs: a file of its own, or lines in a table of all kinds. */
interface Piece {
  kind: string;
  file: string;
  /** Added after a line of another kind. Absent: the file is the kind's own. */
  lines?: readonly { after: string; add: string }[];
}

/** Everything that a new kind needs: its four files, a row in each table of kinds, and its exports. */
function piecesOf(kind: string, type: string): Readonly<Record<string, Piece>> {
  const own = (folder: string): Piece => ({ kind, file: `src/${folder}/${kind}.ts` });
  const table = (file: string, ...lines: NonNullable<Piece["lines"]>): Piece => ({ kind, file, lines });
  const importAfterKey = (name: string) => ({
    after: 'from "./key"',
    add: `import { ${name} } from "./${kind}";`,
  });
  const rowAfterIntegration = { after: "  integration,", add: `  ${kind},` };
  return {
    "its class": own("resources"),
    "its definition": own("provider/kinds"),
    "its endpoints": own("smooch/endpoints"),
    "its emulation": own("emulator/kinds"),
    "its row": table("src/kinds.ts", {
      after: '{ type: "Integration"',
      add: `  ${kind}: { type: "${type}", parent: "app" },`,
    }),
    "the client's row": table(
      "src/smooch/endpoints/index.ts",
      importAfterKey(`${kind}s`),
      { after: "readonly integrations;", add: `  readonly ${kind}s;` },
      { after: "this.integrations =", add: `    this.${kind}s = ${kind}s(api);` },
    ),
    "the provider's row": table("src/provider/kinds/index.ts", importAfterKey(kind), rowAfterIntegration),
    "the emulator's row": table("src/emulator/kinds/index.ts", importAfterKey(kind), rowAfterIntegration),
    "the provider's export": table("src/provider/index.ts", {
      after: "export const integration =",
      add: `export const ${kind} = provider("${kind}");`,
    }),
    "the class's export": table("src/index.ts", {
      after: 'SmoochKey } from "./resources/key"',
      add: `export { Smooch${type} } from "./resources/${kind}";`,
    }),
  };
}

/** Objects with ids, of which an app may have many. */
export const ribbon = piecesOf("ribbon", "Ribbon");
/** An object without an id, of which an app has one at most. */
export const badge = piecesOf("badge", "Badge");

/** A copy of this repository to which pieces of new kinds can be added, and from which they can be removed. */
export class Tree {
  readonly folder = mkdtempSync(join(tmpdir(), "pulumi-smooch-new-kind-"));
  readonly #pieces = new Set<Piece>();

  constructor() {
    const left = [".git", "node_modules", "dist", "new-kind", ".work"];
    cpSync(root, this.folder, { recursive: true, filter: (path) => !left.includes(basename(path)) });
    // Each package by itself: a build keeps its notes in node_modules, and must not replace those of this repository.
    const modules = join(this.folder, "node_modules");
    mkdirSync(modules);
    for (const name of readdirSync(join(root, "node_modules")))
      if (name !== ".cache") symlinkSync(join(root, "node_modules", name), join(modules, name));
  }

  add(piece: Piece): void {
    this.#pieces.add(piece);
    this.#write(piece);
  }

  take(piece: Piece): void {
    this.#pieces.delete(piece);
    if (piece.lines === undefined) rmSync(join(this.folder, piece.file));
    else this.#write(piece);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  #write({ kind, file, lines }: Piece): void {
    const path = join(this.folder, file);
    if (lines === undefined) {
      cpSync(join(__dirname, "kinds", kind, file), path);
      return;
    }
    const added = [...this.#pieces]
      .filter((piece) => piece.file === file)
      .flatMap((piece) => piece.lines ?? []);
    writeFileSync(path, added.reduce(insert, readFileSync(join(root, file), "utf8")));
  }
}

function insert(text: string, { after, add }: { after: string; add: string }): string {
  const lines = text.split("\n");
  const [index] = lines.flatMap((line, at) => (line.includes(after) ? [at] : []));
  if (index === undefined) throw new Error(`No line contains ${after}.`);
  return lines.toSpliced(index + 1, 0, add).join("\n");
}
