const { SmoochApp, SmoochKey } = require("pulumi-smooch");

const app = new SmoochApp("support", {
  name: "Support",
  settings: { maskCreditCardNumbers: true },
  metadata: { team: "first-line" },
});
const key = new SmoochKey("backend", { appId: app.id, keepers: { rotated: "2026-11" } });

// The exports of a CommonJS program are the stack's outputs.
exports.appId = app.id;
exports.keyId = key.id;
exports.jwt = key.jwt;
