const base = "/_emulator/console/";
const token = document.querySelector<HTMLMetaElement>('meta[name="console-token"]')?.content ?? "";

export const get = <T>(path: string, query: Query = {}) => call<T>("GET", path + queryText(query));
export const post = <T>(path: string, body: object) => call<T>("POST", path, body);
export const put = <T>(path: string, body: object) => call<T>("PUT", path, body);

/** A path of the local API, with each part encoded. */
export const path = (...parts: readonly (string | number)[]) => parts.map(encodeURIComponent).join("/");

/** Server-sent events cannot carry a header, so the token is in the query. */
export const openEvents = () => new EventSource(`${base}events${queryText({ token })}`);

export interface Query {
  readonly [name: string]: string | number | undefined;
}

async function call<T>(method: string, path: string, body?: object): Promise<T> {
  const headers = { "x-console-token": token, "content-type": "application/json" };
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(base + path, { method, headers, ...content }).catch(notRunning);
  const text = await response.text();
  // A token that was valid and no longer is: the emulator was restarted, and a new page has its new token.
  if (response.status === 401 && wasAccepted) location.reload();
  wasAccepted ||= response.ok;
  if (!response.ok) throw new Error(problemIn(text) ?? `The emulator returned ${response.status}.`);
  return JSON.parse(text) as T;
}

/** Whether the emulator has accepted this page's token. If it never has, a reload would not help. */
let wasAccepted = false;

function notRunning(): never {
  throw new Error("The emulator is not running.");
}

/** The text of an error in either of Smooch's two formats. */
function problemIn(text: string): string | undefined {
  try {
    const { error, errors } = JSON.parse(text) as {
      error?: { description?: string };
      errors?: { title?: string }[];
    };
    return error?.description ?? errors?.map(({ title }) => title).join("; ");
  } catch {
    return undefined;
  }
}

function queryText(query: Query): string {
  const set = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [[name, String(value)]],
  );
  return set.length === 0 ? "" : `?${new URLSearchParams(set)}`;
}
