// The contender `pulumi-smooch`: a program like those of this package's users.
const { SmoochApp, SmoochWebhook } = require("pulumi-smooch");

const count = Number(process.env.BENCH_WEBHOOKS);
const perApp = Number(process.env.BENCH_WEBHOOKS_PER_APP);

let app;
for (let index = 0; index < count; index++) {
  if (index % perApp === 0) app = new SmoochApp(`app-${index / perApp}`);
  const isChanged = index === 0 && process.env.BENCH_CHANGED === "true";
  new SmoochWebhook(`webhook-${index}`, {
    appId: app.id,
    target: `https://bot.example.com/${index}`,
    triggers: isChanged ? ["conversation:read"] : ["message"],
  });
}
