import { expect, it } from "vitest";
import { isPossible, pollForAllMatches, pollForMatches } from "../../../src/provider/create/search";
import { key as keyKind } from "../../../src/provider/kinds/key";
import { withKeys } from "../support";

/** An id that Smooch gave in the second that begins then. */
const idOf = (createdAt: number) => `app_${(createdAt / 1000).toString(16)}0123456789abcdef`;
const second = Date.UTC(2026, 0, 1);

it.each([
  ["ends just after the window begins", 999, undefined, true],
  ["ends as the window begins", 1000, undefined, false],
  ["ends as the window does", 0, 1000, true],
  ["ends just after the window does", 0, 999, false],
])("an object whose second %s: may it be of the window?", async (_, from, until, isIn) => {
  const { context } = await withKeys("v1");
  // By Smooch's clock, which is five seconds ahead.
  const toLocal = (ms: number) => second + ms - 5000;
  const window = { from: toLocal(from), until: until && toLocal(until), aheadMs: 5000 };
  expect(isPossible(context, window, idOf(second))).toBe(isIn);
});

/** A search for keys, in an app where there is none. */
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

it("a search ends at the look at which its time is up", async () => {
  const { world, wanted, listing } = await search();
  await pollForMatches(wanted, 1250);
  expect(world.waits).toEqual([500, 750]);
  expect(world.sent).toEqual([listing, listing, listing]);
});

it.each([
  ["looks once where its time is up already", -1, []],
  ["looks once where its time is up with the first look", 0, []],
  ["waits for the rest of its time and looks once more", 1, [1]],
])("a search for all that matches %s", async (_, patienceMs, waits) => {
  const { world, appId, wanted, listing } = await search();
  await world.client().keys.create(appId, { name: "backend" });
  world.sent.length = 0;
  await pollForAllMatches(wanted, patienceMs);
  expect(world.waits).toEqual(waits);
  expect(world.sent).toEqual([listing, ...waits.map(() => listing)]);
});
