// The contender `axios`: the same calls without Pulumi. `node axios.js <operation> <file>`; the file keeps the objects'
// ids.
const { readFileSync, writeFileSync } = require("node:fs");
const http = require("node:http");
const axios = require("axios");
const jwt = require("jsonwebtoken");

const [operation, file] = process.argv.slice(2);
const count = Number(process.env.BENCH_WEBHOOKS);
const perApp = Number(process.env.BENCH_WEBHOOKS_PER_APP);
const atOnce = Number(process.env.BENCH_CONCURRENCY);

const token = jwt.sign({ scope: "account" }, process.env.SMOOCH_ACCOUNT_KEY_SECRET, {
  keyid: process.env.SMOOCH_ACCOUNT_KEY_ID,
});
const api = axios.create({
  baseURL: `${process.env.SMOOCH_BASE_URL}/v1/apps`,
  headers: { authorization: `Bearer ${token}` },
  httpAgent: new http.Agent({ keepAlive: true }),
});

/** Processes all items with limited concurrency. */
async function all(items, work) {
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) await work(item, index);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

const operations = {
  async up() {
    const apps = [];
    await all(Array.from({ length: Math.ceil(count / perApp) }), async (_, index) => {
      const { data } = await api.post("", { name: `app-${index}` });
      apps[index] = data.app._id;
    });
    const webhooks = [];
    await all(Array.from({ length: count }), async (_, index) => {
      const app = apps[Math.floor(index / perApp)];
      const target = `https://bot.example.com/${index}`;
      const { data } = await api.post(`/${app}/webhooks`, { target, triggers: ["message"] });
      webhooks[index] = `/${app}/webhooks/${data.webhook._id}`;
    });
    writeFileSync(file, JSON.stringify({ apps: apps.map((id) => `/${id}`), webhooks }));
  },
  async refresh({ apps, webhooks }) {
    await all([...apps, ...webhooks], (path) => api.get(path));
  },
  async change({ webhooks }) {
    await api.put(webhooks[0], { triggers: ["conversation:read"] });
  },
  async destroy({ apps, webhooks }) {
    await all(webhooks, (path) => api.delete(path));
    await all(apps, (path) => api.delete(path));
  },
};

operations[operation](operation === "up" ? undefined : JSON.parse(readFileSync(file, "utf8"))).catch(
  (error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
