// The contender `tutorial`: dynamic providers as in Pulumi's documentation and most articles.
const axios = require("axios");
const jwt = require("jsonwebtoken");
const pulumi = require("@pulumi/pulumi");

async function call(method, path, body) {
  const token = jwt.sign({ scope: "account" }, process.env.SMOOCH_ACCOUNT_KEY_SECRET, {
    keyid: process.env.SMOOCH_ACCOUNT_KEY_ID,
  });
  const { data } = await axios.request({
    method,
    url: `${process.env.SMOOCH_BASE_URL}/v1/apps${path}`,
    data: body,
    headers: { authorization: `Bearer ${token}` },
  });
  return data;
}

class AppProvider {
  async create({ name }) {
    const { app } = await call("POST", "", { name });
    return { id: app._id, outs: { name: app.name, appToken: app.appToken } };
  }

  async read(id, props) {
    const { app } = await call("GET", `/${id}`);
    return { id, props: { ...props, name: app.name, appToken: app.appToken } };
  }

  async diff(_id, olds, news) {
    return { changes: olds.name !== news.name };
  }

  async update(id, olds, { name }) {
    await call("PUT", `/${id}`, { name });
    return { outs: { ...olds, name } };
  }

  async delete(id) {
    await call("DELETE", `/${id}`);
  }
}

class WebhookProvider {
  async create({ appId, target, triggers }) {
    const { webhook } = await call("POST", `/${appId}/webhooks`, { target, triggers });
    return { id: webhook._id, outs: { appId, target, triggers, secret: webhook.secret } };
  }

  async read(id, props) {
    const { webhook } = await call("GET", `/${props.appId}/webhooks/${id}`);
    const { target, triggers, secret } = webhook;
    return { id, props: { ...props, target, triggers, secret } };
  }

  async diff(_id, olds, news) {
    return {
      changes: olds.target !== news.target || JSON.stringify(olds.triggers) !== JSON.stringify(news.triggers),
      replaces: olds.appId === news.appId ? [] : ["appId"],
    };
  }

  async update(id, olds, { appId, target, triggers }) {
    await call("PUT", `/${appId}/webhooks/${id}`, { target, triggers });
    return { outs: { ...olds, target, triggers } };
  }

  async delete(id, { appId }) {
    await call("DELETE", `/${appId}/webhooks/${id}`);
  }
}

class App extends pulumi.dynamic.Resource {
  constructor(name, args) {
    super(new AppProvider(), name, { appToken: undefined, ...args }, {}, "smooch", "App");
  }
}

class Webhook extends pulumi.dynamic.Resource {
  constructor(name, args) {
    super(new WebhookProvider(), name, { secret: undefined, ...args }, {}, "smooch", "Webhook");
  }
}

const count = Number(process.env.BENCH_WEBHOOKS);
const perApp = Number(process.env.BENCH_WEBHOOKS_PER_APP);

let app;
for (let index = 0; index < count; index++) {
  if (index % perApp === 0) app = new App(`app-${index / perApp}`, { name: `app-${index / perApp}` });
  const isChanged = index === 0 && process.env.BENCH_CHANGED === "true";
  new Webhook(`webhook-${index}`, {
    appId: app.id,
    target: `https://bot.example.com/${index}`,
    triggers: isChanged ? ["conversation:read"] : ["message"],
  });
}
