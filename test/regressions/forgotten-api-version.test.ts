import { expect, it } from "vitest";
import { refused, wayOut } from "../support/refused";
import { scenario } from "../support/stack";

// On a host that serves only v2, a machine without smooch:apiVersion uses v1. Each response was a 404, so `refresh`
// emptied the state and `destroy` succeeded, although every object still existed.

it("a forgotten smooch:apiVersion is detected, and setting it is enough", () =>
  scenario(
    async ({ emulator, url }, start) => {
      const stack = start(`
        const app = new smooch.SmoochApp("support");
        new smooch.SmoochKey("backend", { appId: app.id });
        new smooch.SmoochIntegration("bot", { appId: app.id, type: "telegram", token: "123:abc" });`);
      stack.environment.SMOOCH_API_VERSION = "v2";
      await stack.up();
      const objects = emulator.snapshot();

      delete stack.environment.SMOOCH_API_VERSION;
      for (const command of ["refresh", "destroy"] as const) {
        const output = await refused(stack, command);
        for (const noun of ["key", "integration"] as const) {
          expect(output).toMatch(
            new RegExp(`No usable response from Smooch to the request to \\w+ ${noun} `),
          );
          expect(output).toContain(wayOut(noun));
        }
        expect(output).toContain(
          `: ${url} returned "route_not_found", which is not the API's error for a missing object (HTTP 404). Check smooch:baseUrl (host, subdomain and path), smooch:apiVersion, smooch:region and the credentials.`,
        );
      }

      await stack.run("config", "set", "smooch:apiVersion", "v2");
      await stack.refresh("--run-program");
      await stack.expectNoChange();
      expect(emulator.snapshot()).toEqual(objects);
      await stack.destroy("--run-program");
    },
    { profile: { serves: "v2" } },
  ));
