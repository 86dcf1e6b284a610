import { visible } from "../parts/text";

/** A link to elsewhere if its scheme is harmless; otherwise its text with the URL beside it. */
export function Link({ url, children }: { url: string | undefined; children: string }) {
  const label = <bdi>{visible(children)}</bdi>;
  if (url === undefined) return label;
  if (!isHarmless(url)) {
    return (
      <>
        {label} <code>{visible(url)}</code>
      </>
    );
  }
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {label}
    </a>
  );
}

/** An image of this emulator; any other is a link, so that no request leaves this machine by itself. */
export function Picture({ url, alt }: { url: string | undefined; alt: string }) {
  if (url === undefined || !isLocal(url)) return <Link url={url}>{url ?? alt}</Link>;
  return <img src={url} alt={visible(alt)} loading="lazy" />;
}

function isLocal(url: string): boolean {
  return url.startsWith("data:image/") || (URL.canParse(url) && new URL(url).origin === location.origin);
}

function isHarmless(url: string): boolean {
  return URL.canParse(url) && ["http:", "https:", "mailto:", "tel:"].includes(new URL(url).protocol);
}
