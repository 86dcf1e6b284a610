import { describe, expect, it } from "vitest";
import { Bench, sign } from "../../support";

// The default settings that v2 documents
const settings = {
  maskCreditCardNumbers: true,
  useAnimalNames: false,
  echoPostback: false,
  multiConvoEnabled: false,
  appLocalizationEnabled: true,
};

describe("apps of v2", () => {
  it("are created with the server's defaults, read, partially updated and deleted", async () => {
    const bench = new Bench();
    const { app } = await bench.expect(201, "POST", "/v2/apps", { body: { displayName: "Shop" } });
    expect(app).toEqual({
      id: expect.stringMatching(/^5bce6480[0-9a-f]{16}$/),
      displayName: "Shop",
      settings,
    });
    const path = `/v2/apps/${app.id}`;
    expect(await bench.expect(200, "GET", path)).toEqual({ app });
    const change = {
      conversationRetentionSeconds: 3600,
      maskCreditCardNumbers: false,
      useAnimalNames: true,
      echoPostback: true,
      ignoreAutoConversationStart: true,
      multiConvoEnabled: true,
      appLocalizationEnabled: false,
      endSessionEnabled: true,
      disableConversationReopen: true,
    };
    const metadata = { tier: "gold", seats: 3, paid: true };
    const changed = { ...app, settings: change, metadata };
    expect(await bench.expect(200, "PATCH", path, { body: { settings: change, metadata } })).toEqual({
      app: changed,
    });
    const renamed = { ...changed, displayName: "Store" };
    expect(await bench.expect(200, "PATCH", path, { body: { displayName: "Store" } })).toEqual({
      app: renamed,
    });
    const { metadata: _, ...bare } = renamed;
    expect(await bench.expect(200, "PATCH", path, { body: { metadata: null } })).toEqual({ app: bare });
    expect(await bench.expect(200, "DELETE", path)).toEqual({});
    for (const method of ["GET", "PATCH", "DELETE"]) {
      expect(await bench.refusal(method, path)).toEqual([404, "app_not_found"]);
    }
  });

  it("are refused in the error format of v2", async () => {
    const answer = await new Bench().call("POST", "/v2/apps", { body: {} });
    expect([answer.status, answer.body]).toEqual([
      400,
      {
        errors: [{ code: "bad_request", title: "displayName: is required" }],
      },
    ]);
  });

  it.each([
    ["an empty name", { displayName: "" }],
    ["a name of 101 characters", { displayName: "x".repeat(101) }],
    ["null for a name", { displayName: null }],
    ["the v1 field for the name", { name: "Shop" }],
    ["a setting that is not a boolean", { displayName: "Shop", settings: { echoPostback: 1 } }],
    ["an unknown setting", { displayName: "Shop", settings: { attachmentsAccess: "public" } }],
    ["a negative retention", { displayName: "Shop", settings: { conversationRetentionSeconds: -1 } }],
    ["null in metadata", { displayName: "Shop", metadata: { a: null } }],
    ["metadata over 4096 bytes", { displayName: "Shop", metadata: { a: "x".repeat(4089) } }],
    [
      "endSessionEnabled without multiConvoEnabled",
      { displayName: "Shop", settings: { endSessionEnabled: true } },
    ],
    [
      "disableConversationReopen without multiConvoEnabled",
      { displayName: "Shop", settings: { disableConversationReopen: true } },
    ],
  ])("refuse %s with 400", async (_, body) => {
    const bench = new Bench();
    expect(await bench.refusal("POST", "/v2/apps", { body })).toEqual([400, "bad_request"]);
    expect(bench.emulator.isEmpty()).toBe(true);
  });

  it("accept a name of 100 characters", async () => {
    const body = { displayName: "x".repeat(100) };
    expect((await new Bench().expect(201, "POST", "/v2/apps", { body })).app.displayName).toBe(
      body.displayName,
    );
  });

  it("cannot turn multiConvoEnabled off again", async () => {
    const bench = new Bench();
    const path = `/v2/apps/${await bench.createApp()}`;
    const patch = (multiConvoEnabled: boolean) => ({ body: { settings: { multiConvoEnabled } } });
    await bench.expect(200, "PATCH", path, patch(false));
    await bench.expect(200, "PATCH", path, patch(true));
    expect(await bench.refusal("PATCH", path, patch(false))).toEqual([400, "bad_request"]);
    const rename = { body: { displayName: "Store", settings: { multiConvoEnabled: false } } };
    expect(await bench.refusal("PATCH", path, rename)).toEqual([400, "bad_request"]);
    expect(bench.emulator.snapshot().apps).toMatchObject([
      { name: "Shop", settings: { multiConvoEnabled: true } },
    ]);
  });

  it("are limited to the number that the plan allows", async () => {
    const bench = new Bench({ maxApps: 1 });
    await bench.createApp();
    expect(await bench.refusal("POST", "/v2/apps", { body: { displayName: "Second" } })).toEqual([
      402,
      "payment_required",
    ]);
  });
});

describe("the list of apps", () => {
  const names = (count: number) => Array.from({ length: count }, (_, index) => `App ${index + 1}`);

  async function setUp(count: number) {
    const bench = new Bench();
    const ids: string[] = [];
    for (const name of names(count)) {
      ids.push(await bench.createApp(name));
      bench.host.time += 400;
    }
    const page = async (query = "", headers = {}) => {
      const { apps, meta, links } = await bench.expect(200, "GET", `/v2/apps${query}`, { headers });
      return { names: apps.map((app: { displayName: string }) => app.displayName), meta, links };
    };
    return { bench, ids, page };
  }

  it("has no cursors if it is empty", async () => {
    const { page } = await setUp(0);
    expect(await page()).toEqual({ names: [], meta: { hasMore: false }, links: {} });
  });

  it("has pages of 25 by default", async () => {
    const { ids, page } = await setUp(27);
    const [last, next] = [ids[24], ids[25]];
    expect(await page()).toEqual({
      names: names(25),
      meta: { hasMore: true, afterCursor: last },
      links: { next: `/v2/apps?page[after]=${last}` },
    });
    expect(await page(`?page[after]=${last}`)).toEqual({
      names: ["App 26", "App 27"],
      meta: { hasMore: false, beforeCursor: next },
      links: { prev: `/v2/apps?page[before]=${next}` },
    });
    expect((await page("?page[size]=100")).names).toEqual(names(27));
  });

  it("can be paged in both directions, with links to the host of the request", async () => {
    const { ids, page } = await setUp(5);
    const middle = await page(`?page%5Bsize%5D=2&page%5Bafter%5D=${ids[0]}`, { Host: "127.0.0.1:4010" });
    expect(middle).toEqual({
      names: ["App 2", "App 3"],
      meta: { hasMore: true, afterCursor: ids[2], beforeCursor: ids[1] },
      links: {
        next: `http://127.0.0.1:4010/v2/apps?page[size]=2&page[after]=${ids[2]}`,
        prev: `http://127.0.0.1:4010/v2/apps?page[size]=2&page[before]=${ids[1]}`,
      },
    });
    expect(await page(`?page[size]=2&page[before]=${ids[4]}`)).toMatchObject({
      names: ["App 3", "App 4"],
      meta: { hasMore: true, afterCursor: ids[3], beforeCursor: ids[2] },
    });
    expect(await page(`?page[size]=2&page[before]=${ids[1]}`)).toMatchObject({
      names: ["App 1"],
      meta: { hasMore: false, afterCursor: ids[0] },
    });
    expect((await page(`?page[before]=${ids[0]}`)).names).toEqual([]);
  });

  it("leaves nothing out because the clock was shifted", async () => {
    const { bench, page } = await setUp(2);
    bench.emulator.shiftClock(-86_400_000);
    const older = await bench.createApp("App 3");
    bench.emulator.shiftClock(0);
    await bench.createApp("App 4");
    const first = await page("?page[size]=2");
    expect((await page(`?page[after]=${first.meta.afterCursor}`)).names).toEqual(["App 3", "App 4"]);
    expect((await page(`?page[after]=${older}`)).names).toEqual(["App 4"]);
    expect((await page(`?page[before]=${older}`)).names).toEqual(["App 1", "App 2"]);
  });

  it("continues after an app that was deleted in the meantime", async () => {
    const { bench, ids, page } = await setUp(5);
    await bench.call("DELETE", `/v2/apps/${ids[2]}`);
    expect((await page(`?page[after]=${ids[2]}`)).names).toEqual(["App 4", "App 5"]);
    expect((await page(`?page[before]=${ids[2]}`)).names).toEqual(["App 1", "App 2"]);
  });

  it.each([
    "page[size]=0",
    "page[size]=101",
    "page[size]=x",
    "page[after]=short",
    `page[after]=${"a".repeat(24)}&page[before]=${"a".repeat(24)}`,
  ])("refuses %s with 400", async (query) => {
    expect(await new Bench().refusal("GET", `/v2/apps?${query}`)).toEqual([400, "bad_request"]);
  });

  it("contains only the account's own apps", async () => {
    const { bench, page } = await setUp(1);
    const other = bench.emulator.addAccount();
    const token = sign(other.accountKeyId, other.accountKeySecret, { scope: "account" });
    await bench.createApp("Theirs", token);
    expect((await page()).names).toEqual(["App 1"]);
  });
});
