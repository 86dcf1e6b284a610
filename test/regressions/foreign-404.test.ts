import { describe, expect, it } from "vitest";
import type { Profile } from "../../src/emulator/index";
import type { ApiVersion } from "../../src/smooch/api-version";
import { type Door, dynamicDoor, inlineDoor } from "../support/door";
import { refused, wayOut } from "../support/refused";
import { scenario } from "../support/stack";
import { trio } from "../support/trio";
import { everyApiVersion, type Words } from "../support/words";

// A 404 that does not come from the API (from a renamed Zendesk host, a gateway, a wrong smooch:baseUrl) emptied the
// state in `refresh`, made `destroy` succeed, and made a rotation report that the old key was deleted.

const program = ({ message }: Words, rotated: number) =>
  trio({}, { metadata: undefined, keepers: `{ rotated: ${rotated} }`, triggers: `["${message}"]` });

const quotes: Partial<Record<Profile["notFound"], string>> = {
  route: '"route_not_found"',
  zendesk: '"No help desk at acme.example"',
  endpoint: '"InvalidEndpoint"',
  gateway: '"no Route matched with those values"',
  string: '"not found"',
  text: "a body that is not JSON",
  empty: "an empty body",
};

interface Answers {
  refresh: Profile["notFound"][];
  destroy: Profile["notFound"][];
  /** The body of the 404 to the rotation's DELETE. */
  rotation: unknown;
}

/** Each response is tested with some command; test/provider/gone.test.ts has all combinations. */
const answers: Record<ApiVersion, Answers> = {
  v1: { refresh: ["zendesk", "text"], destroy: ["gateway"], rotation: { error: "InvalidEndpoint" } },
  "v1.1": { refresh: ["string", "endpoint"], destroy: ["empty"], rotation: "not found" },
  v2: {
    refresh: ["route", "gateway"],
    destroy: ["zendesk"],
    rotation: { errors: [{ code: "route_not_found", title: "Not Found" }] },
  },
};

const doors: Record<ApiVersion, Door> = { v1: dynamicDoor, "v1.1": inlineDoor, v2: inlineDoor };

describe.each(everyApiVersion)("a 404 that does not come from the API, with %s", (version, wire) => {
  it("drops nothing, and leaves the old key of a rotation to the next up", () =>
    scenario(
      async ({ emulator, url }, start) => {
        const stack = start(program(wire, 1), doors[version]);
        await stack.up();
        const { keyId } = await stack.outputs();

        for (const command of ["refresh", "destroy"] as const) {
          for (const notFound of answers[version][command]) {
            emulator.setProfile({ serves: "none", notFound });
            const output = await refused(stack, command);
            expect(output).toContain(
              `: ${url} returned ${quotes[notFound]}, which is not the API's error for a missing object (HTTP 404). Check smooch:baseUrl (host, subdomain and path), smooch:apiVersion, smooch:region and the credentials. ${wayOut("key")}`,
            );
            expect(output).toContain(wayOut("webhook"));
          }
        }
        emulator.setProfile({ serves: "all", notFound: "api" });

        const { rotation } = answers[version];
        emulator.setFaults({
          rules: [{ operation: "deleteKey", fault: "status", status: 404, body: rotation }],
        });
        stack.program = program(wire, 2);
        const { code, output } = await stack.tryUp();
        expect(code).not.toBe(0);
        expect(output).toContain(`No usable response from Smooch to the request to delete key ${keyId}`);
        expect(output).not.toContain("deleted original");
        const rotated = (await stack.outputs()).keyId;
        const keys = () => emulator.snapshot().keys.map(({ id }) => id);
        expect(keys()).toEqual([keyId, rotated]);
        expect(stack.resources().filter((resource) => resource.delete)).toMatchObject([{ id: keyId }]);

        emulator.setFaults(undefined);
        expect(await stack.up()).toContain("deleted original");
        expect(keys()).toEqual([rotated]);
        await stack.expectNoChange();
        await stack.destroy();
      },
      {},
      version,
    ));
});
