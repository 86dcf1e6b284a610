import { useState } from "preact/hooks";
import type { Overview, OwnerSummary } from "../../emulator/console/contract";
import { useArrivals, useSlice } from "../parts/list";
import { matches, Search } from "../parts/search";
import { count, Text } from "../parts/text";

interface Props {
  overview: Overview;
  ownerId: string | undefined;
  linkTo: (owner: OwnerSummary) => string;
  hasAccounts: boolean;
}

/** The apps, and the accounts if they matter, with a search. */
export function Owners({ overview, ownerId, linkTo, hasAccounts }: Props) {
  const [search, setSearch] = useState("");
  const isMatch = ({ id, name }: OwnerSummary) => matches(search, name, id);
  // The newest first: that is where a deployment can be watched.
  const apps = overview.apps.filter(isMatch).toReversed();
  const accounts = hasAccounts ? overview.accounts.filter(isMatch) : [];
  const isNew = useArrivals(overview.apps.map(({ id }) => id));
  const { shown, more } = useSlice(apps);
  const row = (owner: OwnerSummary) => (
    <OwnerRow
      key={owner.id}
      owner={owner}
      overview={overview}
      href={linkTo(owner)}
      isCurrent={owner.id === ownerId}
      isNew={isNew(owner.id)}
    />
  );
  return (
    <section class="side" aria-label={hasAccounts ? "Accounts and apps" : "Apps"}>
      <Search label="Search apps by name or id" value={search} onInput={setSearch} />
      {accounts.length > 0 && (
        <>
          <h2>{count(accounts.length, "account")}</h2>
          <ul class="rows">{accounts.map(row)}</ul>
        </>
      )}
      <h2>{count(apps.length, "app")}</h2>
      {overview.apps.length === 0 && (
        <p class="quiet">No apps yet. Run pulumi up, or create one through the API.</p>
      )}
      <ul class="rows">{shown.map(row)}</ul>
      {more}
    </section>
  );
}

function OwnerRow({
  owner: { id, name, accountId, counts },
  overview: { kinds, apps },
  href,
  isCurrent,
  isNew,
}: {
  owner: OwnerSummary;
  overview: Overview;
  href: string;
  isCurrent: boolean;
  isNew: boolean;
}) {
  const ownApps = accountId === undefined ? apps.filter((app) => app.accountId === id).length : 0;
  const held = [{ number: ownApps, label: "app" }].concat(
    kinds.map(({ name: kind, label }) => ({ number: counts[kind] ?? 0, label })),
  );
  const contents = held.filter(({ number }) => number > 0).map(({ number, label }) => count(number, label));
  // Users and conversations are not counted.
  const nothing = accountId === undefined ? "No apps" : "No keys, webhooks or channels";
  return (
    <li class={isNew ? "new" : ""}>
      <a href={href} data-row aria-current={isCurrent ? "true" : undefined}>
        <span class="name">
          <Text>{name}</Text>
        </span>
        <span class="quiet">{contents.join(", ") || nothing}</span>
      </a>
    </li>
  );
}
