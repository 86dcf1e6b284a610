import { useState } from "preact/hooks";
import type {
  AccountKeySummary,
  ConsoleObject,
  KindDescription,
  Overview,
  Owner,
} from "../../emulator/console/contract";
import { get, path } from "../api";
import { useLive } from "../live";
import { Id } from "../parts/copy";
import { useArrivals, useSlice } from "../parts/list";
import { Problem } from "../parts/problem";
import { matches, Search } from "../parts/search";
import { count, Text, Time } from "../parts/text";
import { address } from "../route";
import { ObjectCard } from "./card";
import { useReveal } from "./reveal";

/** An account or an app with everything that it holds. */
export function OwnerPage({ id, overview }: { id: string; overview: Overview }) {
  const { data: owner, problem } = useLive(["objects"], id, () => get<Owner>(path("owners", id)));
  const [search, setSearch] = useState("");
  const isNew = useArrivals(owner?.objects.map((object) => object.id));
  // An app that was deleted meanwhile is not shown as if it existed.
  if (owner === undefined || problem !== undefined) return <Problem>{problem}</Problem>;
  const found = owner.objects.filter((object) => isMatch(search, object));
  // What has the owner's own id comes last, above all the app itself: it is seldom what one is waiting for.
  const isOwn = (kind: KindDescription) =>
    found.some((object) => object.kind === kind.name && object.id === id);
  const kinds = overview.kinds.toSorted((one, other) => Number(isOwn(one)) - Number(isOwn(other)));
  const isApp = owner.accountId !== undefined;
  return (
    <>
      <Heading owner={owner} isApp={isApp} />
      {owner.accountKeys !== undefined && <AccountKeys keys={owner.accountKeys} />}
      {owner.objects.length > 0 && <Search label="Search objects" value={search} onInput={setSearch} />}
      {kinds.map((kind) => (
        <Kind
          key={kind.name}
          kind={kind}
          objects={found.filter((object) => object.kind === kind.name)}
          isNew={isNew}
        />
      ))}
      {found.length === 0 && (
        <p class="quiet">{search === "" ? "It holds nothing." : "No object matches."}</p>
      )}
    </>
  );
}

function Heading({ owner: { id, name, createdAt, accountId }, isApp }: { owner: Owner; isApp: boolean }) {
  return (
    <div class="heading">
      <a class="close" data-close href={address()}>
        Close
      </a>
      <h2>
        <Text>{name}</Text>
      </h2>
      <p>
        {isApp ? "app" : "account"} <Id>{id}</Id>
        {createdAt !== undefined && (
          <>
            {" created at "}
            <Time at={createdAt} />
          </>
        )}
      </p>
      {accountId !== undefined && (
        <p>
          <a href={address("chat", id)}>Chat with this app</a>
          {" · "}
          <a href={address("accounts", accountId)}>
            Account <Text>{accountId}</Text>
          </a>
        </p>
      )}
    </div>
  );
}

function Kind({
  kind,
  objects,
  isNew,
}: {
  kind: KindDescription;
  objects: readonly ConsoleObject[];
  isNew: (id: string) => boolean;
}) {
  const { shown, more } = useSlice(objects);
  if (objects.length === 0) return null;
  return (
    <section>
      <h3>{count(objects.length, kind.label)}</h3>
      <ul class="cards">
        {shown.map((object) => (
          <ObjectCard key={object.id} object={object} isNew={isNew(object.id)} />
        ))}
      </ul>
      {more}
    </section>
  );
}

function AccountKeys({ keys }: { keys: readonly AccountKeySummary[] }) {
  return (
    <section>
      <h3>{count(keys.length, "own key")}</h3>
      <ul class="cards">
        {keys.map((key) => (
          <AccountKey key={key.id} accountKey={key} />
        ))}
      </ul>
    </section>
  );
}

function AccountKey({ accountKey: { id, isGiven, isServiceKey } }: { accountKey: AccountKeySummary }) {
  const { secrets, button, problem } = useReveal(id);
  return (
    <li class="card">
      <h4>{isServiceKey ? "service account key" : "account key"}</h4>
      <Id>{id}</Id>
      {Object.entries(secrets ?? {}).map(([name, secret]) => (
        <Id key={name}>{secret}</Id>
      ))}
      {isGiven ? <p class="quiet">Its secret came from you and is never shown.</p> : button}
      <Problem>{problem}</Problem>
    </li>
  );
}

function isMatch(search: string, { id, name, kind, properties }: ConsoleObject): boolean {
  return search === "" || matches(search, id, name, kind, JSON.stringify(properties));
}
