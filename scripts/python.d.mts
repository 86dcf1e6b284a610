/** Where `ensurePython` put what it prepared. */
export interface Python {
  /** The virtual environment's folder of programs, which belongs first on PATH. */
  bin: string;
}

export function pythonProblem(): Promise<string | undefined>;
export function ensurePython(cli: { bin: string }): Promise<Python>;
export function installPythonSdk(python: Python, folder: string): Promise<void>;
