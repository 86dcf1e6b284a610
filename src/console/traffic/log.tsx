import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Problem } from "../parts/problem";
import { Search } from "../parts/search";
import { Text, Time } from "../parts/text";
import { address } from "../route";

const page = 200;
/** The emulator returns no more at once. */
const most = 1_000;

/** What a log shows: the search, and how many entries. */
export function useWindow() {
  const [search, setSearch] = useState("");
  const [limit, setLimit] = useState(page);
  return { search, setSearch, limit, showMore: () => setLimit(limit + page) };
}

/** A log of requests or deliveries beside the details of one entry. */
export function Log({
  label,
  window: { search, setSearch, limit, showMore },
  problem,
  hasMore,
  head,
  rows,
  empty,
  details,
}: {
  label: string;
  window: ReturnType<typeof useWindow>;
  problem: string | undefined;
  hasMore: boolean;
  head: ComponentChildren;
  rows: readonly ComponentChildren[] | undefined;
  empty: string;
  details: ComponentChildren;
}) {
  return (
    <div class="split wide" data-open={details !== undefined}>
      <section class="side" aria-label={label}>
        <Search label={`Search ${label.toLowerCase()}`} value={search} onInput={setSearch} />
        <Problem>{problem}</Problem>
        {rows?.length === 0 ? (
          <p class="quiet">{search === "" ? empty : "None matches."}</p>
        ) : (
          <table>
            <thead>{head}</thead>
            <tbody>{rows}</tbody>
          </table>
        )}
        {hasMore && limit < most && (
          <button type="button" class="more" onClick={showMore}>
            Show older
          </button>
        )}
        {hasMore && limit === most && <p class="quiet hint">There are older ones: search for them.</p>}
      </section>
      <section class="details" aria-label="Details">
        {details ?? <p class="quiet hint">Choose a row to see all of it.</p>}
      </section>
    </div>
  );
}

/** One entry: its time, a link to its details, and further cells. */
export function LogRow({
  view,
  entry: { seq, at },
  title: [first, rest],
  isCurrent,
  isNew,
  children,
}: {
  view: string;
  entry: { readonly seq: number; readonly at: number };
  title: readonly [string, string];
  isCurrent: boolean;
  isNew: boolean;
  children: ComponentChildren;
}) {
  return (
    <tr class={isNew ? "new" : ""} data-current={isCurrent}>
      <td>
        <Time at={at} />
      </td>
      <td>
        <a href={address(view, seq)} data-row aria-current={isCurrent ? "true" : undefined}>
          <b>{first}</b> <Text>{rest}</Text>
        </a>
      </td>
      {children}
    </tr>
  );
}

/** A status, marked by its kind and not only by colour. */
export function Status({ status }: { status: number | undefined }) {
  if (!status) return <span class="status bad">none</span>;
  const kind = status < 300 ? "good" : status < 400 ? "" : "bad";
  return <span class={`status ${kind}`}>{status}</span>;
}
