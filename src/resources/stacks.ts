/**
 * For as long as Pulumi's constructor runs. It takes down a stack for each of four promises of each field, for its
 * search of promises that never end: a third of what a program spends on a resource. And it keeps the whole stack of the
 * resource itself in the state, Node's frames and its own included: a fifth of the state. Of that the part between
 * this package and Node stays, which is where the program makes the resource. Gives the way back.
 */
export function hideStacks(): () => void {
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
