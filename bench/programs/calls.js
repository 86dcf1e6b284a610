// Measures many calls of a function that makes no requests: `node calls.js check 1000`, without Pulumi's process.
const { webhook } = require("pulumi-smooch/provider");

const [method, count] = process.argv.slice(2);
const inputs = {
  appId: "5a0b1c2d3e4f5a6b7c8d9e0f",
  target: "https://bot.example.com/",
  triggers: ["message"],
};

async function main() {
  const { inputs: checked } = await webhook.check({}, inputs);
  const outputs = { ...checked, secret: "secret" };
  const methods = {
    check: () => webhook.check({}, inputs),
    diff: (index) => webhook.diff(String(index), outputs, checked),
  };
  const began = performance.now();
  for (let index = 0; index < Number(count); index++) await methods[method](index);
  const milliseconds = performance.now() - began;
  console.log(JSON.stringify({ milliseconds }));
}

main();
