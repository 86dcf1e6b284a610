/** `850` -> `0.9 s`, `95000` -> `1 min 35 s`. */
export function seconds(milliseconds) {
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(milliseconds < 9_950 ? 1 : 0)} s`;
  const whole = Math.round(milliseconds / 1000);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** Runs `work`; logs every 15 seconds while it takes, and once when it is done. */
export async function timed(log, what, work, { note } = {}) {
  const started = performance.now();
  const elapsed = () => seconds(performance.now() - started);
  const say = () => log(`${what} … ${elapsed()}${note ? ` (${note})` : ""}`);
  const timer = setInterval(say, 15_000);
  try {
    const result = await work();
    log(`${what}: ${elapsed()}`);
    return result;
  } finally {
    clearInterval(timer);
  }
}
