import type { RequestDetails, Requests } from "../../emulator/console/contract";
import { get, path, type Query } from "../api";
import { useLive } from "../live";
import { Problem } from "../parts/problem";
import { Body, Text, Time } from "../parts/text";
import { address } from "../route";
import { Log, Status } from "./log";

export function RequestsView({ seq }: { seq: string | undefined }) {
  return (
    <Log
      topic="requests"
      label="Requests"
      list={listRequests}
      columns={
        <>
          <th scope="col">Request</th>
          <th scope="col" class="extra">
            Operation
          </th>
          <th scope="col">Status</th>
          <th scope="col" class="extra">
            API
          </th>
          <th scope="col" class="extra number">
            ms
          </th>
        </>
      }
      title={({ method, path }) => [method, path]}
      cells={({ operation, status, fault, apiVersion, durationMs }) => (
        <>
          <td class="extra operation">{operation}</td>
          <td>
            <Status status={status} />
            {fault !== undefined && <span class="fault">{fault}</span>}
          </td>
          <td class="extra">{apiVersion}</td>
          <td class="extra number">{Math.round(durationMs)}</td>
        </>
      )}
      empty="No requests yet."
      seq={seq}
      details={seq && <Details key={seq} seq={seq} />}
    />
  );
}

async function listRequests(query: Query) {
  const { requests, hasMore } = await get<Requests>("requests", query);
  return { entries: requests, hasMore };
}

function Details({ seq }: { seq: string }) {
  const { data, problem } = useLive([], seq, () => get<RequestDetails>(path("requests", seq)));
  return (
    <>
      <div class="heading">
        <a class="close" data-close href={address("requests")}>
          Close
        </a>
        <h2>Request {seq}</h2>
      </div>
      <Problem>{problem}</Problem>
      {data !== undefined && (
        <>
          <p class="line">
            <b>{data.method}</b> <Text>{data.path}</Text>
          </p>
          <dl class="facts">
            {Object.entries({
              Time: <Time at={data.at} />,
              Status: <Status status={data.status} />,
              Operation: data.operation,
              "API version": data.apiVersion ?? "none",
              Fault: data.fault ?? "none",
              Duration: `${Math.round(data.durationMs)} ms`,
            }).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <h3>Request body</h3>
          <Body label="Request body">{data.requestBody}</Body>
          <h3>Response body</h3>
          <Body label="Response body">{data.responseBody}</Body>
        </>
      )}
    </>
  );
}
