import { describe, expect, it } from "vitest";
import { Bench } from "./support";

describe("the logs", () => {
  it("keep the configured number of newest entries, in order", async () => {
    const bench = new Bench({ logSize: 2 });
    const { appId, say } = await bench.createConversation();
    await bench.createWebhook(appId, { target: "https://shop.example/hook" });
    for (const text of ["one", "two", "three"]) await say(text);
    await bench.emulator.settleDeliveries();
    for (const path of ["/a", "/b", "/c"]) await bench.call("GET", path);

    const { requests, unknownRequests } = bench.emulator;
    expect(requests.map(({ path }) => path)).toEqual(["/b", "/c"]);
    expect(unknownRequests.map(({ path }) => path)).toEqual(["/b", "/c"]);
    const { deliveries } = bench.emulator.snapshot();
    expect(deliveries.map(({ body }) => JSON.parse(body).messages[0].text)).toEqual(["two", "three"]);
    expect(bench.host.sent.filter(({ method }) => method === "POST")).toHaveLength(3);
  });

  it("keep 10,000 entries by default", async () => {
    const bench = new Bench();
    for (let call = 0; call <= 10_000; call++) await bench.send("GET", `/${call}`, { token: null });
    expect(bench.emulator.requests).toHaveLength(10_000);
    expect(bench.emulator.requests[0]?.path).toBe("/1");
    expect(bench.emulator.unknownRequests).toHaveLength(10_000);
  });
});
