/** Parses `v3.258.0`, `go1.26.8` or `1.25` into three numbers; undefined if the text contains no version. */
function parseVersion(text) {
  const match = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)] : undefined;
}

export function isAtLeast(version, minimum) {
  const have = parseVersion(version);
  const want = parseVersion(minimum);
  if (!have || !want) return false;
  const index = have.findIndex((part, at) => part !== want[at]);
  return index < 0 || have[index] > want[index];
}
