import { readFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { notFound } from "../errors";

export const assetPath = "/_emulator/console/assets/";

/** A file of the page, ready to be sent. */
export interface PageFile {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

// Resolved by package name, because the compiled file and the source are at different depths.
const folder = join(dirname(require.resolve("pulumi-smooch/package.json")), "dist", "console");

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

// Nothing of the page comes from elsewhere, and nothing it shows may make it send a request to elsewhere: images of
// messages load only if the emulator serves them.
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The page itself, with the token that its requests must carry. */
export async function readPage(token: string): Promise<PageFile> {
  const html = await readFile(join(folder, "index.html"), "utf8").catch(missing);
  return {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": contentSecurityPolicy,
      "cross-origin-opener-policy": "same-origin",
      "cache-control": "no-store",
    },
    body: html.replace("{{token}}", token),
  };
}

/** A script or style sheet of the page. */
export async function readAsset(name: string): Promise<PageFile> {
  const type = types[extname(name)];
  if (type === undefined || !/^[\w-][\w.-]*$/.test(name)) return missing();
  const body = await readFile(join(folder, name)).catch(missing);
  return { headers: { "content-type": type, "cache-control": "no-cache" }, body };
}

function missing(): never {
  throw notFound("The console has no such file.");
}
