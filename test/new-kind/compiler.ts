import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** The compiler on a folder that changes: it parses only what has changed, and can stop at the first error. */
export class Compiler {
  readonly #parsed = new Map<string, ts.SourceFile>();
  #last: ts.Program | undefined;

  constructor(private readonly folder: string) {}

  /** The first error of `tsc --noEmit`, if there is one. It looks in these files first. */
  firstError(...first: string[]): string | undefined {
    const program = this.#read();
    const wanted = first.map((file) => join(this.folder, file));
    const files = program.getSourceFiles().toSorted((one, other) => rank(one, wanted) - rank(other, wanted));
    const [error] =
      [
        program.getConfigFileParsingDiagnostics(),
        program.getOptionsDiagnostics(),
        program.getGlobalDiagnostics(),
      ]
        .flat()
        .slice(0, 1) ?? [];
    if (error !== undefined) return text(error);
    for (const file of files) {
      const [found] = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
      if (found !== undefined) return text(found);
    }
    return undefined;
  }

  #read(): ts.Program {
    const file = join(this.folder, "tsconfig.json");
    const onUnRecoverableConfigFileDiagnostic = (problem: ts.Diagnostic) => {
      throw new Error(text(problem));
    };
    const config = ts.getParsedCommandLineOfConfigFile(
      file,
      { noEmit: true },
      { ...ts.sys, onUnRecoverableConfigFileDiagnostic },
    );
    if (config === undefined) throw new Error(`${file} cannot be read`);
    const host = ts.createCompilerHost(config.options);
    const parse = host.getSourceFile.bind(host);
    host.getSourceFile = (name, ...options) => {
      const known = this.#parsed.get(name);
      // Nothing changes in node_modules.
      if (known && (name.includes("node_modules") || known.text === readFileSync(name, "utf8"))) return known;
      const parsed = parse(name, ...options);
      if (parsed) this.#parsed.set(name, parsed);
      return parsed;
    };
    this.#last = ts.createProgram({
      rootNames: config.fileNames,
      options: config.options,
      configFileParsingDiagnostics: config.errors,
      host,
      ...(this.#last && { oldProgram: this.#last }),
    });
    return this.#last;
  }
}

function rank({ fileName }: ts.SourceFile, wanted: readonly string[]): number {
  return wanted.includes(fileName) ? 0 : 1;
}

function text({ code, messageText }: ts.Diagnostic): string {
  return `error TS${code}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
}
