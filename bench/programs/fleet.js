// Many small apps, as in a business with one app per brand or customer.
const { SmoochApp, SmoochKey, SmoochWebhook } = require("pulumi-smooch");

for (let index = 0; index < Number(process.env.BENCH_APPS); index++) {
  const app = new SmoochApp(`app-${index}`);
  for (const each of [1, 2]) {
    new SmoochKey(`key-${index}-${each}`, { appId: app.id });
    new SmoochWebhook(`webhook-${index}-${each}`, {
      appId: app.id,
      target: `https://bot.example.com/${each}`,
    });
  }
}
