// Smooch in a separate process, so that its cost does not count as the contender's. Started with `fork`, it reports its
// address and answers "take" and "reset".
const { startEmulator } = require("pulumi-smooch/emulator");

const { latencyMs, rate } = JSON.parse(process.argv[2]);

const zero = { calls: 0, refused: 0, unknown: 0 };
let counts = { ...zero };

async function main() {
  const { url, accountKeyId, accountKeySecret, emulator } = await startEmulator({
    checkTargets: false,
    logSize: 1,
    ...(rate !== undefined && { rateLimit: rate }),
    faults: { rules: latencyMs > 0 ? [{ fault: "latency", ms: latencyMs }] : [] },
    log: (line) => {
      const [, , status] = line.split(" ");
      counts.calls++;
      if (status === "429") counts.refused++;
      if (status === "501") counts.unknown++;
    },
  });
  process.on("message", (request) => {
    if (request === "reset") emulator.reset();
    process.send(counts);
    counts = { ...zero };
  });
  process.send({ url, accountKeyId, accountKeySecret });
}

// Ctrl-C reaches every process of the terminal. Contenders still need the API to finish cleanly, so it ends with its
// parent.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {});
process.on("disconnect", () => process.exit());
main();
