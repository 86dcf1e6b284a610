/**
 * Suppresses stack traces while Pulumi's constructor runs, and returns a function that restores them. Pulumi records
 * a stack trace for each of four promises per field, to find promises that never settle. That is a third of what a
 * program spends on a resource. Pulumi also stores the stack trace of the resource itself in the state, including
 * frames of Node and of Pulumi: a fifth of the state. Of that one, only the program's frames are kept, which show
 * where the resource is declared.
 */
export function suppressStackTraces(): () => void {
  const { stackTraceLimit, prepareStackTrace } = Error;
  const writeStack = prepareStackTrace ?? (process.sourceMapsEnabled ? undefined : asNodeDoes);
  Error.stackTraceLimit = 0;
  if (writeStack !== undefined) {
    Error.prepareStackTrace = (error, frames) => writeStack(error, keepProgram(frames));
  }
  return () => {
    Error.stackTraceLimit = stackTraceLimit;
    Error.prepareStackTrace = prepareStackTrace;
  };
}

/**
 * Returns the frames without those of this package, except one. Pulumi skips its own frames and one frame of a
 * subclass, and takes the next frame as the place where the resource is created.
 */
function keepProgram(frames: readonly NodeJS.CallSite[]): NodeJS.CallSite[] {
  const ours = frames.findIndex(isOurs);
  const program = frames.slice(ours + 1).filter((frame) => !isOurs(frame));
  const end = program.findIndex((frame) => frame.getFileName()?.startsWith("node:"));
  return [...frames.slice(0, ours + 1), ...(end < 0 ? program : program.slice(0, end))];
}

function isOurs(frame: NodeJS.CallSite): boolean {
  return frame.getFileName()?.startsWith(__dirname) ?? false;
}

function asNodeDoes(error: Error, frames: readonly NodeJS.CallSite[]): string {
  return [String(error), ...frames.map((frame) => `    at ${frame}`)].join("\n");
}
