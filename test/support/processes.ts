import { readdirSync, readFileSync } from "node:fs";

/** The provider process among the descendants of a `pulumi` that we started. */
export function findProvider(pulumi: number): number | undefined {
  return findDescendants(pulumi).find(isProvider);
}

/** Every process that a process started, directly or indirectly. */
export function findDescendants(ancestor: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = read(`/proc/${name}/stat`);
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
  }
  const descends = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && (parent === ancestor || descends(parent));
  };
  return [...parents.keys()].filter(descends);
}

export function isProvider(pid: number): boolean {
  return /dynamic-provider/.test(read(`/proc/${pid}/cmdline`).split("\0")[1] ?? "");
}

/** The most memory that a process has had so far, in bytes; undefined once it has ended. */
export function peakMemory(pid: number): number | undefined {
  const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
