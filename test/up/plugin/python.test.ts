import { rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import { ensurePython, installPythonSdk, pythonProblem } from "../../../scripts/python.mjs";
import { cliFolder } from "../../support/cli";
import { pythonDoor } from "../../support/door";
import { newFolder } from "../../support/folder";
import { scenario } from "../../support/stack";
import { atFirst, type Changing, trioLife } from "./trio-life";

const program = ({ rotated, triggers }: Changing) => `
import pulumi
import pulumi_smooch as smooch

app = smooch.App("support", settings={"mask_credit_card_numbers": True}, metadata={"customer_tier": "gold"})
key = smooch.Key("backend", app_id=app.id, keepers={"rotated": "${rotated}"})
hook = smooch.Webhook("events", app_id=app.id, target="https://bot.example/in", triggers=${JSON.stringify(triggers)})
pulumi.export("keyId", key.id)
pulumi.export("secret", key.secret)
pulumi.export("jwt", key.jwt)
pulumi.export("found", smooch.get_app_output(app_id=app.id).name)
`;

describe("a Python program", () => {
  const work = newFolder("python");
  const sdk = join(work, "sdk");
  let problem: string | undefined;
  let bin: string;
  beforeAll(async () => {
    problem = await pythonProblem();
    if (problem !== undefined) return;
    const python = await ensurePython({ bin: cliFolder() });
    bin = python.bin;
    await installPythonSdk(python, sdk);
  });
  beforeEach(({ skip }) => skip(problem !== undefined, problem));
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  it("previews, creates, changes, rotates and destroys an app, a key and a webhook", () =>
    scenario(async (api, start) => {
      const stack = start(program(atFirst), pythonDoor);
      Object.assign(stack.environment, {
        PATH: [bin, cliFolder(), process.env.PATH].join(delimiter),
        PYTHONPATH: sdk,
      });
      await trioLife(api, stack, program);
    }));
});
