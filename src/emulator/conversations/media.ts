import type { Context } from "../context";
import { badRequest, notFound } from "../errors";
import type { App, Media } from "../model";
import { route } from "../route";
import { media } from "./objects";

const path = "/_emulator/media";
const maxBytes = 1024 * 1024;
// What a browser may show; everything else could run scripts on the emulator's origin.
const shownTypes = ["image/gif", "image/jpeg", "image/png", "image/webp"];

/** Keeps an upload, and returns where it is served. */
export function addMedia(
  { identifiers }: Context,
  app: App,
  { name, mediaType, base64 }: Omit<Media, "id">,
  origin: string,
): { readonly url: string; readonly mediaType: string; readonly size: number } {
  if (!/^[\w.+-]+\/[\w.+-]+$/.test(mediaType)) throw badRequest("mediaType: must be like image/png");
  const size = Buffer.from(base64, "base64").length;
  if (size === 0) throw badRequest("base64: must not be empty");
  if (size > maxBytes) throw badRequest("base64: must not be larger than 1 MB");
  const id = identifiers.objectId();
  media.put(app, { id, name, mediaType, base64 });
  return { url: `${origin}${path}/${id}`, mediaType, size };
}

/** Serves the uploads. They need no credentials: a bot gets their URLs in messages. */
export const mediaRoute = route("getMedia", "GET", `${path}/{mediaId}`, ({ context, params }) => {
  const { name, mediaType, base64 } = getMedia(context, params("mediaId"));
  const isShown = shownTypes.includes(mediaType);
  return {
    status: 200,
    bytes: Buffer.from(base64, "base64"),
    headers: {
      "content-type": mediaType,
      "content-disposition": `${isShown ? "inline" : "attachment"}; filename*=UTF-8''${encodeName(name)}`,
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
    },
  };
});

function getMedia({ store }: Context, mediaId: string): Media {
  for (const app of store.apps.values()) {
    const found = media.of(app).get(mediaId);
    if (found !== undefined) return found;
  }
  throw notFound("There is no upload with this id.");
}

/** https://www.rfc-editor.org/rfc/rfc8187: these are allowed in a URI, but not in a header's parameter. */
function encodeName(name: string): string {
  return encodeURIComponent(Buffer.from(name).toString()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
