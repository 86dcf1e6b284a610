import type {
  Deliveries,
  DeliveryDetails,
  DeliverySummary,
  DeliveryTry,
  Overview,
} from "../../emulator/console/contract";
import { get, path, post, type Query } from "../api";
import { useLive } from "../live";
import { Problem, useAction } from "../parts/problem";
import { Body, Text, Time } from "../parts/text";
import { address, navigate } from "../route";
import { Log, Status } from "./log";

export function DeliveriesView({
  seq,
  overview,
}: {
  seq: string | undefined;
  overview: Overview | undefined;
}) {
  return (
    <Log
      topic="deliveries"
      label="Deliveries"
      list={listDeliveries}
      columns={
        <>
          <th scope="col">Event</th>
          <th scope="col" class="extra">
            Target
          </th>
          <th scope="col">State</th>
          <th scope="col" class="extra number">
            Attempts
          </th>
          <th scope="col" class="extra">
            Last status
          </th>
        </>
      }
      title={({ trigger, excerpt = "" }) => [trigger, excerpt]}
      cells={({ target, state, attempts, lastStatus }) => (
        <>
          <td class="extra">
            <Text>{target}</Text>
          </td>
          <td>
            <State state={state} />
          </td>
          <td class="extra number">{attempts}</td>
          <td class="extra">{lastStatus ?? "–"}</td>
        </>
      )}
      empty="No webhook deliveries yet."
      seq={seq}
      details={seq && <Details key={seq} seq={seq} overview={overview} />}
    />
  );
}

async function listDeliveries(query: Query) {
  const { deliveries, hasMore } = await get<Deliveries>("deliveries", query);
  return { entries: deliveries, hasMore };
}

function State({ state }: { state: DeliverySummary["state"] }) {
  const kind = { pending: "", delivered: "good", failed: "bad", abandoned: "bad" }[state];
  return <span class={`status ${kind}`}>{state}</span>;
}

function Details({ seq, overview }: { seq: string; overview: Overview | undefined }) {
  const { data, problem } = useLive(["deliveries"], seq, () => get<DeliveryDetails>(path("deliveries", seq)));
  const { isBusy, problem: refusal, run } = useAction();
  const resend = () =>
    run(async () => {
      const sent = await post<DeliverySummary>(path("deliveries", seq, "resend"), {});
      navigate("deliveries", sent.seq);
    });
  return (
    <>
      <div class="heading">
        <a class="close" data-close href={address("deliveries")}>
          Close
        </a>
        <h2>Delivery {seq}</h2>
      </div>
      <Problem>{problem ?? refusal}</Problem>
      {data !== undefined && (
        <>
          <p class="line">
            <b>{data.trigger}</b> to <Text>{data.target}</Text>
          </p>
          <p>
            <State state={data.state} />{" "}
            <a href={address("apps", data.appId)}>
              <Text>{overview?.apps.find(({ id }) => id === data.appId)?.name ?? data.appId}</Text>
            </a>{" "}
            <button type="button" disabled={isBusy} onClick={() => void resend()}>
              Send again
            </button>
          </p>
          {data.resentFrom !== undefined && (
            <p>
              Sent again from <a href={address("deliveries", data.resentFrom)}>delivery {data.resentFrom}</a>
            </p>
          )}
          <h3>Attempts</h3>
          <ol class="tries">
            {data.tries.map((attempt) => (
              <Try key={attempt.at} attempt={attempt} />
            ))}
          </ol>
          {data.tries.length === 0 && <p class="quiet">No attempt has ended yet.</p>}
          <h3>Payload</h3>
          <Body label="Payload">{data.payload}</Body>
        </>
      )}
    </>
  );
}

function Try({ attempt: { at, status, error, durationMs, responseBody } }: { attempt: DeliveryTry }) {
  return (
    <li>
      <Time at={at} />{" "}
      {status === undefined ? (
        <>
          No response (<Text>{error ?? ""}</Text>)
        </>
      ) : (
        <Status status={status} />
      )}
      , {Math.round(durationMs)} ms
      {responseBody !== "" && <Body label="Response body">{responseBody}</Body>}
    </li>
  );
}
