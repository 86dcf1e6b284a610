import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, it } from "vitest";
import { scenario } from "../support/stack";

// A certificate that is not trusted looked like a lost response, and left an `unresolved:` entry although no create
// was ever sent. An id `..` reached the path of another resource.

const pem = (name: string) => readFileSync(join(__dirname, "..", "fixtures", "tls", name), "utf8");

it("a host whose certificate is not trusted is reported with the fix, and leaves no unresolved entry", () =>
  scenario(async ({ url }, start) => {
    const requests: unknown[] = [];
    const server = createServer(
      { key: pem("key.pem"), cert: pem("certificate.pem") },
      (request, response) => {
        requests.push(request.url);
        response.end();
      },
    );
    await once(server.listen(0, "127.0.0.1"), "listening");
    const stack = start(`
      const app = new smooch.SmoochApp("support");
      new smooch.SmoochKey("backend", { appId: app.id });`);
    const { port } = server.address() as AddressInfo;
    try {
      stack.environment.SMOOCH_BASE_URL = `https://localhost:${port}`;
      const { code, output } = await stack.tryUp();
      expect(code).not.toBe(0);
      expect(output).toContain(
        `Could not reach Smooch to create an app: TLS handshake failed (DEPTH_ZERO_SELF_SIGNED_CERT) at https://localhost:${port}. If a proxy or a certificate authority of your own signs it, set NODE_EXTRA_CA_CERTS to the file of that authority's certificate.`,
      );
      expect(requests).toEqual([]);
      expect(stack.resources()).toEqual([]);
    } finally {
      server.close();
    }

    stack.environment.SMOOCH_BASE_URL = url;
    await stack.up();
    await stack.expectNoChange();
    await stack.destroy();
  }));

it("an id that would change the request's path is refused in the preview", () =>
  scenario(async ({ emulator, url }, start) => {
    const stack = start(`new smooch.SmoochKey("backend", { appId: ".." });`);
    const { code, output } = await stack.try("preview");
    expect(code).not.toBe(0);
    expect(output).toContain(
      "resource 'backend' has a problem: appId must be an id: letters, digits, - and _",
    );
    expect(emulator.requests).toEqual([]);
    await fetch(`${url}/v1/apps`);
  }));
