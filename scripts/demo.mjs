#!/usr/bin/env node
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { call, startEmulator } from "./demo/emulator.mjs";
import { isSameSecret, startReceiver } from "./demo/receiver.mjs";
import { heading, mask, proved, quote, say, step } from "./demo/screen.mjs";
import { openStack } from "./demo/stack.mjs";
import { Failure, main, stopAll } from "./lib/run.mjs";
import { seconds } from "./lib/time.mjs";
import { setup } from "./setup.mjs";

const next = `
The same program against your own account:
  pulumi stack init dev
  pulumi config set smooch:accountKeyId act_...
  pulumi config set --secret smooch:accountKeySecret        (asks for the value)
  pulumi config set smooch:region eu-1                      (only for an account in Europe)
  pulumi config set pulumi-smooch-quickstart:target https://example.com/smooch
  pulumi up`;

let folder;
let receiver;

async function demo() {
  const started = performance.now();
  heading(
    "pulumi-smooch: from an empty account to a webhook that receives a message, and back, in an emulator",
  );

  const cli = await step("Set up", async () => {
    const found = await setup({ log: say });
    say(`Pulumi CLI ${found.version}`);
    return found;
  });

  const emulator = await step("Start a Smooch API and a webhook receiver on this machine", async () => {
    folder = await mkdtemp(join(tmpdir(), "pulumi-smooch-demo-"));
    receiver = await startReceiver();
    const api = await startEmulator();
    say(`API       ${api.url}`);
    say(`receiver  ${receiver.url}`);
    return api;
  });
  const stack = await openStack(folder, cli, emulator);

  await step("pulumi stack init, pulumi config set target", async () => {
    await stack.init();
    await stack.configure("target", receiver.url);
  });

  await step("pulumi up", () => stack.up(quote));

  const { appId, jwt, webhookSecret } = await step("Read the outputs", async () => {
    const outputs = await stack.outputs();
    for (const name of ["appId", "appToken", "keyId", "jwt", "webhookSecret"]) {
      if (typeof outputs[name] !== "string" || outputs[name] === "")
        throw new Failure(`the stack has no output ${name}`);
      say(
        `${name.padEnd(14)} ${["jwt", "webhookSecret"].includes(name) ? mask(outputs[name]) : outputs[name]}`,
      );
    }
    return outputs;
  });
  const users = `${emulator.url}/v1/apps/${appId}/appusers`;

  await step("Send a message as Ann, with the JWT of the new key", async () => {
    const message = { role: "appUser", type: "text", text: "Is anybody there?" };
    await expect(
      "creating a user",
      call(users, { method: "POST", token: jwt, body: { userId: "ann" } }),
      201,
    );
    await expect(
      "sending a message",
      call(`${users}/ann/messages`, { method: "POST", token: jwt, body: message }),
      201,
    );
    const { apiKey, body } = await receiver.event("message:appUser");
    say(`${body.trigger}  app ${body.app?._id}  ${body.appUser?.userId}: "${body.messages?.[0]?.text}"`);
    if (body.app?._id !== appId || body.messages?.[0]?.text !== message.text)
      throw new Failure("the event does not contain that message");
    if (!isSameSecret(apiKey, webhookSecret))
      throw new Failure("the event's X-API-Key is not the webhook's secret");
    proved("the webhook was called, and X-API-Key is its secret");
  });

  await step("Look for secrets in Pulumi's files", async () => {
    const secrets = new Set([...(await stack.secrets()), jwt, webhookSecret, emulator.accountKeySecret]);
    const files = await stack.files();
    if (!files.some(({ text }) => text.includes(appId))) throw new Failure("none of the files is the state");
    for (const { file, text } of files) {
      if ([...secrets].some((secret) => text.includes(secret)))
        throw new Failure(`a secret is stored in plain text in ${relative(folder, file)}`);
    }
    proved(`none of the ${secrets.size} secrets is stored in plain text in the ${files.length} files`);
  });

  await step("pulumi destroy", () => stack.destroy(quote));

  await step("Try that JWT once more", async () => {
    await expect(
      "the revoked JWT",
      call(users, { method: "POST", token: jwt, body: { userId: "bob" } }),
      401,
    );
    proved("401: the key is revoked");
    const { body } = await expect("the emulator's state", call(`${emulator.url}/_emulator/state`), 200);
    if (body.empty !== true) throw new Failure(`left behind: ${JSON.stringify(body.counts)}`);
    proved("app, key and webhook are gone");
    await stack.remove();
  });

  console.log(`\nFinished in ${seconds(performance.now() - started)}.`);
  console.log(next);
}

async function expect(what, answer, status) {
  const got = await answer;
  if (got.status !== status) throw new Failure(`${what} returned ${got.status} instead of ${status}`);
  return got;
}

async function cleanUp() {
  await receiver?.stop();
  await stopAll();
  if (folder) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

await main(demo, cleanUp);
