// Measures the program's own part by running it against Pulumi's mocks, which answer immediately: `node register.js
// <program>`
const pulumi = require("@pulumi/pulumi");

async function main() {
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: name, state: inputs }),
    call: ({ inputs }) => inputs,
  });
  const began = performance.now();
  require(process.argv[2]);
  // Waits until every registration has been answered.
  await pulumi.runtime.disconnect();
  const milliseconds = performance.now() - began;
  console.log(JSON.stringify({ milliseconds }));
}

main();
