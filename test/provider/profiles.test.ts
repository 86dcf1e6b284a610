import { describe, expect, it } from "vitest";
import type { Profile } from "../../src/emulator/profile";
import { definitions } from "../../src/provider/kinds";
import { type ApiVersion, apiVersions } from "../../src/smooch/api-version";
import { pairwise } from "../support/pairs";
import { World } from "../support/world";
import { type Resource, stackOf } from "./every-kind";

const settings = {
  metadata: ["replace", "merge"],
  duplicateTargets: ["refuse", "alias", "allow"],
  unknownFields: ["strict", "lenient"],
  secrets: ["shown", "masked", "omitted", "omitted-in-lists"],
  deleteAnswer: ["empty-object", "no-content", "accepted"],
} as const;
const serving = { v1: ["all"], "v1.1": ["all", "v1.1+v2"], v2: ["all", "v1.1+v2", "v2"] } as const;
const foreign = ["route", "zendesk", "endpoint", "gateway", "string", "text", "empty"] as const;

/** What the API answers that is not its own. */
const notFromApi =
  /^No usable response from Smooch .*, which is not the API's error for a missing object \(HTTP 404\)/;
const wayOut = /remove it from the state: `pulumi state delete <urn> --target-dependents`/;

describe.each(apiVersions)("a life of each kind in %s", (version) => {
  const rows = pairwise({ ...settings, serves: serving[version] });
  it.each(rows)("passes with %o", async (profile) => {
    const { world, stack } = await create(version, profile);
    await expectNoChange(world, stack);

    for (const one of stack) {
      for (const change of one.changes) {
        const given = Object.entries({ ...one.inputs, ...change }).filter(([, value]) => value !== undefined);
        const news = one.check(Object.fromEntries(given));
        expect([one.name, one.diff(news)]).toEqual([one.name, {}]);
        if (needsKeyOfApp(one, change, profile)) {
          await expect(one.update(news)).rejects.toThrow(/This call needs a key of the app itself/);
          continue;
        }
        await one.update(news);
        expect([one.name, change, one.diff(one.inputs)]).toEqual([one.name, change, { changes: false }]);
      }
    }
    await expectNoChange(world, stack);

    world.writes.length = 0;
    for (const one of stack) await adopt(world, one, profile);
    expect(world.writes).toEqual([]);

    await addTwin(world, stack, profile);
    await sendUnknownField(world, stack, profile);

    const before = world.emulator.snapshot();
    world.emulator.setProfile({ serves: "none" });
    for (const one of stack) {
      await expect(one.kind.read(world.context(), one.id, one.state)).rejects.toThrow(wayOut);
      await expect(one.kind.delete(world.context(), one.id, one.state)).rejects.toThrow(wayOut);
    }
    world.emulator.setProfile({ serves: profile.serves });
    expect(world.emulator.snapshot()).toEqual(before);
    await expectNoChange(world, stack);

    const context = world.context();
    for (const one of stack.toReversed()) await one.kind.delete(context, one.id, one.state);
    const next = world.context();
    for (const one of stack) {
      expect([one.name, await one.kind.read(next, one.id, one.state)]).toEqual([one.name, undefined]);
    }
    expect(world.emulator.isEmpty()).toBe(true);
    expect(world.emulator.unknownRequests).toEqual([]);
  });
});

describe.each(apiVersions)("in %s, a 404 that does not come from the API", (version) => {
  const { deleteAnswer } = settings;
  let made: Awaited<ReturnType<typeof create>> | undefined;
  it.each(pairwise({ notFound: foreign, deleteAnswer }))("proves no deletion, with %o", async (profile) => {
    // Made once: only the deletion differs.
    made ??= await create(version, {});
    const { stack } = made;
    const world = new World({ saved: made.world.emulator.save(), profile }, version);
    const context = world.context();
    for (const one of stack.toReversed()) {
      const deletion = one.kind.delete(context, one.id, one.state);
      if (isProvenWithout404(one, profile)) await deletion;
      else await expect(deletion).rejects.toThrow(new RegExp(`${notFromApi.source}.*${wayOut.source}`));
    }
    expect(world.emulator.isEmpty()).toBe(true);

    for (const { kind, id, state } of stack) {
      await expect(kind.read(world.context(), id, state)).rejects.toThrow(notFromApi);
    }
    world.emulator.setProfile({ notFound: "api" });
    const next = world.context();
    for (const { name, kind, id, state } of stack.toReversed()) {
      await kind.delete(next, id, state);
      expect([name, await kind.read(next, id, state)]).toEqual([name, undefined]);
    }
  });
});

describe("the profiles above", () => {
  const all = { ...settings, serves: [...serving.v2, "none"], notFound: ["api", ...foreign] };

  it("have every setting of the emulator with all its values", async () => {
    const { emulator } = new World();
    expect(Object.keys(all)).toEqual(Object.keys(emulator.profile));
    for (const [setting, values] of Object.entries(all)) {
      const body = JSON.stringify({ [setting]: "?" });
      const headers = { "content-type": "application/json" };
      const { body: refusal } = await emulator.handle({
        method: "PUT",
        url: "/_emulator/profile",
        headers,
        body,
      });
      expect(JSON.parse(refusal).error.description).toBe(
        `The profile is not valid: ${setting}: must be one of ${values.join(", ")}`,
      );
    }
  });

  it("combine every value with every value of another setting", () => {
    const given = Object.entries({ ...settings, serves: serving.v2 });
    const rows = pairwise(Object.fromEntries(given));
    for (const [one, values] of given)
      for (const value of values)
        for (const [other, expected] of given) {
          const met = new Set(rows.filter((row) => row[one] === value).map((row) => row[other]));
          expect([...met].sort()).toEqual(one === other ? [value] : expected.toSorted());
        }
  });
});

type Row = Pick<Profile, keyof typeof settings | "serves">;

async function create(version: ApiVersion, profile: Partial<Row>) {
  const world = new World({ profile }, version);
  const context = world.context();
  const stack: Resource[] = [];
  for (const declare of stackOf(version)) {
    const one = await declare(world, context, stack);
    expect([one.name, one.diff(one.inputs)]).toEqual([one.name, { changes: false }]);
    stack.push(one);
  }
  return { world, stack };
}

/** A refresh in a new process, all at once as Pulumi does, and a preview. */
async function expectNoChange(world: World, stack: readonly Resource[]): Promise<void> {
  const context = world.context();
  const writes = world.writes.length;
  await Promise.all(
    stack.map(async (one) => {
      const found = await one.kind.read(context, one.id, one.state);
      expect([one.name, found?.outputs]).toEqual([one.name, one.state]);
      expect([one.name, one.diff(one.inputs)]).toEqual([one.name, { changes: false }]);
    }),
  );
  expect(world.writes).toHaveLength(writes);
}

/** Whether a deletion needs no 404: the response is as documented and enough, or a list shows what is left. */
function isProvenWithout404({ label, name }: Resource, { deleteAnswer }: Pick<Row, "deleteAnswer">): boolean {
  if (["switchboard", "switchboardIntegration"].includes(label) || name === "menu") return true;
  return deleteAnswer === "empty-object" && definitions[label].verifyDeletion !== true;
}

/** In v2, only a key of the app may change a webhook; its secret must be readable. */
function needsKeyOfApp({ world, name }: Resource, change: object, { secrets }: Row): boolean {
  const isHidden = secrets === "masked" || secrets === "omitted";
  return world.version === "v2" && isHidden && (name === "webhook" || "webhooks" in change);
}

async function adopt(world: World, one: Resource, row: Row): Promise<void> {
  const { id, kind, inputs, state, label } = one;
  const { label: words, address, writeOnly } = definitions[label];
  const at = { ...Object(address.parse(inputs)) };
  const adopting = () => kind.create(world.context(), { ...inputs, __adopt: id });
  if (lacksSecret(one, row)) {
    const refusal = (what: string) =>
      `Smooch does not return the secret of ${words} ${id}, so it cannot be ${what}: create a new ${words} instead.`;
    await expect(adopting()).rejects.toThrow(refusal("adopted"));
    await expect(kind.import(world.context(), id, at)).rejects.toThrow(refusal("read"));
    await expect(kind.read(world.context(), id, at)).rejects.toThrow(refusal("read"));
    return;
  }
  const { webhookSecret, ...known } = state;
  const marks = writeOnly === undefined ? {} : { __adopted: true };
  const expected = { ...(row.secrets === "shown" ? state : known), ...marks };
  expect((await adopting()).outputs).toEqual(expected);
  const found = await kind.import(world.context(), id, at);
  expect(await kind.update(world.context(), id, found.outputs, inputs)).toEqual(expected);
  expect((await kind.read(world.context(), id, at))?.inputs).toEqual(at);
}

/** Whether the API does not return the secret of an object that is useless without it. */
function lacksSecret({ world, name, label }: Resource, { secrets }: Row): boolean {
  if (!definitions[label].requiredOutputs.includes("secret") || secrets === "shown") return false;
  // v2 returns the webhook in a list of its custom integration.
  return secrets !== "omitted-in-lists" || (name === "webhook" && world.version === "v2");
}

/** A second webhook with the same target. */
async function addTwin(world: World, stack: readonly Resource[], { duplicateTargets }: Row): Promise<void> {
  const { id, kind, inputs } = findIn(stack, "webhook");
  const before = world.emulator.snapshot();
  const context = world.context();
  context.session.owned.add(id);
  const twin = kind.create(context, inputs);
  if (duplicateTargets === "allow") {
    const made = await twin;
    expect(made.id).not.toBe(id);
    expect(world.emulator.snapshot().webhooks).toHaveLength(before.webhooks.length + 1);
    await kind.delete(context, made.id, made.outputs);
  } else if (duplicateTargets === "alias") {
    await expect(twin).rejects.toThrow(`Smooch already has webhook ${id}, and does not create a second one.`);
  } else {
    await expect(twin).rejects.toThrow(
      /^Smooch refused to create a webhook in app \w+: .* \(HTTP 409\)\. It looks like webhook \w+, which already exists: adopt that one/,
    );
  }
  expect(world.emulator.snapshot()).toEqual(before);
}

/** A field of an integration that is newer than this package, and than the API. */
async function sendUnknownField(
  world: World,
  stack: readonly Resource[],
  { unknownFields }: Row,
): Promise<void> {
  const { kind, inputs } = findIn(stack, "viber");
  const before = world.emulator.snapshot();
  const context = world.context();
  const news = { ...inputs, fields: { future: "1" } };
  const creating = kind.create(context, news);
  if (unknownFields === "strict") {
    await expect(creating).rejects.toThrow(/Unrecognized key: "future" \(HTTP 400\)/);
  } else {
    const { id, outputs } = await creating;
    expect(outputs).toMatchObject(news);
    const { version, time: now } = world;
    expect((await kind.read(context, id, outputs))?.outputs).toEqual(outputs);
    expect(kind.diff(id, outputs, news, { now, version })).toEqual({ changes: false });
    await kind.delete(context, id, outputs);
  }
  expect(world.emulator.snapshot()).toEqual(before);
}

function findIn(stack: readonly Resource[], name: string): Resource {
  const found = stack.find((one) => one.name === name);
  if (found === undefined) throw new Error(`the stack has no ${name}`);
  return found;
}
