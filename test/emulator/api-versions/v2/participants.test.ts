import { describe, expect, it } from "vitest";
import { Bench } from "../../support";

const id = expect.stringMatching(/^[0-9a-f]{24}$/);
const now = "2018-10-23T00:00:00.000Z";

async function setUp() {
  const bench = new Bench();
  const app = `/v2/apps/${await bench.createApp()}`;
  const create = async (externalId: string) =>
    (await bench.expect(201, "POST", `${app}/users`, { body: { externalId } })).user;
  const [ann, bob] = [await create("ann"), await create("bob")];
  const begin = async (type: string, ...names: string[]) => {
    const participants = names.map((userExternalId) => ({ userExternalId }));
    const body = { type, participants };
    const { conversation } = await bench.expect(201, "POST", `${app}/conversations`, { body });
    return { conversation, path: `${app}/conversations/${conversation.id}` };
  };
  return { bench, app, ann, bob, begin };
}

describe("groups", () => {
  it("have participants that join and leave, and count what each has not read", async () => {
    const { bench, ann, bob, begin } = await setUp();
    const { conversation, path } = await begin("sdkGroup", "ann");
    expect(conversation).toMatchObject({ type: "sdkGroup", isDefault: false });
    const join = { userExternalId: "bob" };
    const { participant } = await bench.expect(201, "POST", `${path}/join`, { body: join });
    const joined = { id, userId: bob.id, userExternalId: "bob", unreadCount: 0, clientAssociations: [] };
    expect(participant).toEqual(joined);
    expect(await bench.refusal("POST", `${path}/join`, { body: join })).toEqual([400, "bad_request"]);

    const content = { type: "text", text: "Hi" };
    for (const author of [{ type: "user", userExternalId: "bob" }, { type: "business" }])
      await bench.expect(201, "POST", `${path}/messages`, { body: { author, content } });
    const read = { author: { type: "user", userId: bob.id }, type: "conversation:read" };
    await bench.expect(200, "POST", `${path}/activity`, { body: read });
    const { participants } = await bench.expect(200, "GET", `${path}/participants`);
    expect(participants).toEqual([
      { id, userId: ann.id, userExternalId: "ann", unreadCount: 2, clientAssociations: [] },
      { ...joined, lastRead: now },
    ]);

    const gone = { participantId: participant.id };
    expect(await bench.expect(200, "POST", `${path}/leave`, { body: gone })).toEqual({});
    expect(await bench.refusal("POST", `${path}/leave`, { body: gone })).toEqual([404, "not_found"]);
    await bench.expect(200, "POST", `${path}/leave`, { body: { userId: ann.id } });
    expect(await bench.expect(200, "GET", `${path}/participants`)).toMatchObject({ participants: [] });
  });

  it("have 10 participants at most, each of them once", async () => {
    const { bench, app, begin } = await setUp();
    const names = Array.from({ length: 10 }, (_, n) => `user${n}`);
    for (const externalId of names) await bench.expect(201, "POST", `${app}/users`, { body: { externalId } });
    const { path } = await begin("sdkGroup", ...names);
    expect(await bench.refusal("POST", `${path}/join`, { body: { userExternalId: "ann" } })).toEqual([
      400,
      "bad_request",
    ]);
    for (const wrong of [
      [...names, "ann"],
      ["ann", "ann"],
    ]) {
      const body = { type: "sdkGroup", participants: wrong.map((userExternalId) => ({ userExternalId })) };
      expect(await bench.refusal("POST", `${app}/conversations`, { body })).toEqual([400, "bad_request"]);
    }
    const { conversation } = await begin("sdkGroup");
    expect(conversation.type).toBe("sdkGroup");
  });

  it("are the only conversations whose participants change", async () => {
    const { bench, begin } = await setUp();
    const { path } = await begin("personal", "ann");
    for (const name of ["join", "leave"])
      expect(await bench.refusal("POST", `${path}/${name}`, { body: { userExternalId: "ann" } })).toEqual([
        400,
        "bad_request",
      ]);
  });
});

describe("conversations of v2", () => {
  it("are read, listed by user, changed and deleted", async () => {
    const { bench, app, ann, begin } = await setUp();
    const personal = await begin("personal", "ann");
    const group = await begin("sdkGroup", "ann", "bob");
    expect(await bench.expect(200, "GET", personal.path)).toEqual({ conversation: personal.conversation });
    const list = `${app}/conversations`;
    for (const query of ["filter[userExternalId]=ann", `filter[userId]=${ann.id}`])
      expect(await bench.expect(200, "GET", `${list}?${query}`)).toEqual({
        conversations: [personal.conversation, group.conversation],
        meta: { hasMore: false },
        links: {},
      });
    expect(await bench.expect(200, "GET", `${list}?filter[userExternalId]=bob`)).toMatchObject({
      conversations: [group.conversation],
    });
    for (const query of ["", "?filter[userId]=a&filter[userExternalId]=b"])
      expect(await bench.refusal("GET", list + query)).toEqual([400, "bad_request"]);
    expect(await bench.refusal("GET", `${list}?filter[userId]=eve`)).toEqual([404, "user_not_found"]);

    const change = { displayName: "Tea", description: null, iconUrl: null, metadata: { a: 1 } };
    const { conversation } = await bench.expect(200, "PATCH", group.path, { body: change });
    expect(conversation).toEqual({ ...group.conversation, ...change });
    expect(await bench.refusal("DELETE", personal.path)).toEqual([400, "bad_request"]);
    expect(await bench.expect(200, "DELETE", group.path)).toEqual({});
    expect(await bench.refusal("GET", group.path)).toEqual([404, "conversation_not_found"]);
  });

  it("know when the business has read them", async () => {
    const { bench, begin } = await setUp();
    const { conversation, path } = await begin("personal", "ann");
    bench.host.time += 1500;
    const activity = { author: { type: "business" }, type: "conversation:read" };
    await bench.expect(200, "POST", `${path}/activity`, { body: activity });
    expect(await bench.expect(200, "GET", path)).toEqual({
      conversation: { ...conversation, businessLastRead: "2018-10-23T00:00:01.500Z" },
    });
  });

  it.each([
    [{ type: "conversation:read" }, 400],
    [{ author: { type: "business" }, type: "typing" }, 400],
    [{ author: { type: "user", userExternalId: "ann" }, type: "typing:start" }, 400],
    [{ author: { type: "user", userExternalId: "bob" }, type: "conversation:read" }, 400],
    [{ author: { type: "business", subtypes: ["AI"] }, type: "typing:stop" }, 501],
  ])("refuse the activity %j with %i", async (body, status) => {
    const { bench, begin } = await setUp();
    const { path } = await begin("personal", "ann");
    expect((await bench.call("POST", `${path}/activity`, { body })).status).toBe(status);
  });
});

describe("users of v2", () => {
  it("are read, changed in part, and deleted with their conversations", async () => {
    const { bench, app, bob, begin } = await setUp();
    const body = {
      externalId: "eve",
      profile: { givenName: "Eve", surname: "Ng" },
      metadata: { a: 1, b: 2 },
    };
    const { user } = await bench.expect(201, "POST", `${app}/users`, { body });
    const path = `${app}/users/eve`;
    expect(await bench.expect(200, "GET", path)).toEqual({ user });
    const change = { profile: { surname: null, locale: "fr" }, metadata: { a: null, c: 3 } };
    const changed = { ...user, profile: { givenName: "Eve", locale: "fr" }, metadata: { b: 2, c: 3 } };
    expect(await bench.expect(200, "PATCH", path, { body: change })).toEqual({ user: changed });
    expect(await bench.expect(200, "PATCH", `${app}/users/${user.id}`, { body: { metadata: null } })).toEqual(
      {
        user: { ...changed, metadata: {} },
      },
    );
    const long = { metadata: { a: "x".repeat(4096) } };
    expect(await bench.refusal("PATCH", path, { body: long })).toEqual([400, "bad_request"]);

    const personal = await begin("personal", "eve");
    const group = await begin("sdkGroup", "eve", "bob");
    expect(await bench.expect(200, "DELETE", path)).toEqual({});
    expect(await bench.refusal("GET", path)).toEqual([404, "user_not_found"]);
    expect(await bench.refusal("GET", personal.path)).toEqual([404, "conversation_not_found"]);
    expect(await bench.expect(200, "GET", `${group.path}/participants`)).toMatchObject({
      participants: [{ userId: bob.id }],
    });
  });
});
