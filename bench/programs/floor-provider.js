// Answers immediately, without API calls. With BENCH_SECRET, each webhook gets a secret.
const { randomBytes } = require("node:crypto");

const secret = () => (process.env.BENCH_SECRET === "true" ? { secret: randomBytes(50).toString("hex") } : {});
let made = 0;

const provider = (extra) => ({
  check: async (_olds, news) => ({ inputs: news }),
  diff: async (_id, olds, news) => ({
    changes: JSON.stringify(olds.triggers) !== JSON.stringify(news.triggers),
  }),
  create: async (inputs) => ({ id: `floor-${++made}`, outs: { ...inputs, ...extra() } }),
  read: async (id, props) => ({ id, props }),
  update: async (_id, olds, news) => ({ outs: { ...olds, ...news } }),
  delete: async () => {},
});

module.exports = { app: provider(() => ({})), webhook: provider(secret) };
