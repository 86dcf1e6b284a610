import { readdirSync, readFileSync } from "node:fs";

/** The provider process among the descendants of a `pulumi` that we started. */
export function findProvider(pulumi: number): number | undefined {
  const descendants = findDescendants(pulumi);
  // The language host for YAML starts a plugin of its own, for its schema.
  const ofHosts = descendants.filter(isLanguageHost).flatMap(findDescendants);
  return descendants.find((pid) => isProvider(pid) && !ofHosts.includes(pid));
}

function isLanguageHost(pid: number): boolean {
  return /pulumi-language-yaml$/.test(read(`/proc/${pid}/cmdline`).split("\0")[0] ?? "");
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

/** Whether it is Pulumi's dynamic-provider process or our plugin. */
export function isProvider(pid: number): boolean {
  return /dynamic-provider|plugin\/start\.js$/.test(read(`/proc/${pid}/cmdline`).split("\0")[1] ?? "");
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
