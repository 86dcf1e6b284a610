// The contender `floor`: refers to its provider like this package, but the provider does nothing, so only the engine's
// own cost remains.
const pulumi = require("@pulumi/pulumi");

// `floor-provider.js` is placed next to this program, so that the state contains no path of this machine.
const reference = (kind) => `exports.handler=()=>require("./floor-provider.js").${kind}`;

class Resource extends pulumi.CustomResource {
  constructor(kind, type, name, inputs) {
    super(`pulumi-nodejs:dynamic/smooch:${type}`, name, { ...inputs, __provider: reference(kind) });
  }
}

const count = Number(process.env.BENCH_WEBHOOKS);
const perApp = Number(process.env.BENCH_WEBHOOKS_PER_APP);

let app;
for (let index = 0; index < count; index++) {
  if (index % perApp === 0) {
    app = new Resource("app", "App", `app-${index / perApp}`, { name: `app-${index / perApp}` });
  }
  const isChanged = index === 0 && process.env.BENCH_CHANGED === "true";
  new Resource("webhook", "Webhook", `webhook-${index}`, {
    appId: app.id,
    target: `https://bot.example.com/${index}`,
    triggers: isChanged ? ["conversation:read"] : ["message"],
  });
}
