/**
 * Suppresses stack traces while Pulumi's constructor runs, and returns a function that restores them. Pulumi records a
 * stack for each of four promises of each field, to find promises that never settle: a third of what a program spends on
 * a resource. It also stores the stack of the resource itself in the state, frames of Node and of Pulumi included: a
 * fifth of the state. Of that one only the program's frames are kept, which show where the resource is declared.
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
 * Pulumi passes over its own frames and one of a class that extends them, and takes the next for the place where the
 * resource is made: one frame of this package has to be left, and no more.
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
