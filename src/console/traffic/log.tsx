import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Query } from "../api";
import { useLive } from "../live";
import { useArrivals } from "../parts/list";
import { Problem } from "../parts/problem";
import { Search } from "../parts/search";
import { Text, Time } from "../parts/text";
import { address } from "../route";

const page = 200;
/** The emulator returns no more at once. */
const most = 1_000;

interface Entry {
  readonly seq: number;
  readonly at: number;
}

/** A log of requests or deliveries, live, beside the details of one entry. */
export function Log<E extends Entry>({
  topic,
  label,
  list,
  columns,
  title,
  cells,
  empty,
  seq,
  details,
}: {
  topic: "requests" | "deliveries";
  label: string;
  list: (query: Query) => Promise<{ entries: readonly E[]; hasMore: boolean }>;
  /** The headings after that of the time. */
  columns: ComponentChildren;
  /** What links to an entry's details, its first part in bold. */
  title: (entry: E) => readonly [string, string];
  /** The cells after the title. */
  cells: (entry: E) => ComponentChildren;
  empty: string;
  /** The entry whose details are shown. */
  seq: string | undefined;
  details: ComponentChildren;
}) {
  const [search, setSearch] = useState("");
  const [limit, setLimit] = useState(page);
  const { data, problem } = useLive([topic], `${limit} ${search}`, () => list({ search, limit }));
  const isNew = useArrivals(data?.entries.map((entry) => String(entry.seq)));
  const hasMore = data?.hasMore === true;
  return (
    <div class="split wide" data-open={details !== undefined}>
      <section class="side" aria-label={label}>
        <Search label={`Search ${label.toLowerCase()}`} value={search} onInput={setSearch} />
        <Problem>{problem}</Problem>
        {data?.entries.length === 0 ? (
          <p class="quiet">{search === "" ? empty : "None matches."}</p>
        ) : (
          <table>
            <thead>
              <tr>
                <th scope="col">Time</th>
                {columns}
              </tr>
            </thead>
            <tbody>
              {data?.entries.map((entry) => (
                <Row
                  key={entry.seq}
                  address={address(topic, entry.seq)}
                  at={entry.at}
                  title={title(entry)}
                  isCurrent={String(entry.seq) === seq}
                  isNew={isNew(String(entry.seq))}
                >
                  {cells(entry)}
                </Row>
              ))}
            </tbody>
          </table>
        )}
        {hasMore && limit < most && (
          <button type="button" class="more" onClick={() => setLimit(limit + page)}>
            Show older
          </button>
        )}
        {hasMore && limit === most && <p class="quiet hint">There are older ones: search for them.</p>}
      </section>
      <section class="details" aria-label="Details">
        {details ?? <p class="quiet hint">Select a row for details.</p>}
      </section>
    </div>
  );
}

function Row({
  address,
  at,
  title: [first, rest],
  isCurrent,
  isNew,
  children,
}: {
  address: string;
  at: number;
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
        <a href={address} data-row aria-current={isCurrent ? "true" : undefined}>
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
