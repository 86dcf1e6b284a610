import { expect, it } from "vitest";
import { isPossible, pollForAllMatches, pollForMatches } from "../../../src/provider/create/search";
import { key as keyKind } from "../../../src/provider/kinds/key";
import { staleReads, withKeys } from "../support";

/** An id that Smooch assigned in the second that begins at `createdAt`. */
const idOf = (createdAt: number) => `app_${(createdAt / 1000).toString(16)}0123456789abcdef`;
const second = Date.UTC(2026, 0, 1);

it.each([
  ["ends just after the window begins", 999, undefined, true],
  ["ends as the window begins", 1000, undefined, false],
  ["ends as the window does", 0, 1000, true],
  ["ends just after the window does", 0, 999, false],
])("isPossible compares the window with an object whose second %s", async (_, from, until, isIn) => {
  const { context } = await withKeys("v1");
  // Smooch's clock is five seconds ahead.
  const toLocal = (ms: number) => second + ms - 5000;
  const window = { from: toLocal(from), until: until && toLocal(until), aheadMs: 5000 };
  expect(isPossible(context, window, idOf(second))).toBe(isIn);
});

/** A search for keys, in an app that has none. */
async function search() {
  const made = await withKeys("v1");
  const { world, appId } = made;
  const wanted = {
    kind: keyKind,
    context: made.context,
    address: { appId },
    isAlike: () => true,
    window: { from: world.time },
  };
  world.sent.length = 0;
  const listing = `GET /v1/apps/${appId}/keys`;
  return { ...made, wanted, listing };
}

it("a search ends with the listing at which its time is up", async () => {
  const { world, wanted, listing } = await search();
  await pollForMatches(wanted, 1250);
  expect(world.waits).toEqual([500, 750]);
  expect(world.sent).toEqual([listing, listing, listing]);
});

it.each([
  ["is already up", -1, 0],
  ["is up with the first listing", 0, 0],
  ["is not up yet", 1, 1],
])(
  "a search for all matches lists three times once its time is over: its time %s",
  async (_, patienceMs, wait) => {
    const { world, appId, wanted, listing } = await search();
    await world.client().keys.create(appId, { name: "backend" });
    world.sent.length = 0;
    await pollForAllMatches(wanted, patienceMs);
    expect(world.waits).toEqual([wait, 500, 750]);
    expect(world.sent).toEqual([listing, listing, listing]);
  },
);

it("a search for all matches returns each once, whichever listing shows it", async () => {
  const { world, appId, wanted, listing } = await search();
  const smooch = world.client();
  const first = await smooch.keys.create(appId, { name: "backend" });
  const stale = staleReads(listing.replace("GET ", ""));
  world.intercept = stale;
  await smooch.keys.list(appId);
  const second = await smooch.keys.create(appId, { name: "backend" });
  await smooch.keys.delete(appId, first.id);
  let listings = 0;
  world.intercept = (request, forward) => (++listings < 2 ? stale(request, forward) : forward());
  const { matches } = await pollForAllMatches(wanted, 0);
  expect(listings).toBe(3);
  expect(matches.map(({ id }) => id)).toEqual([first.id, second.id]);
});
