import type { RequestDetails, Requests } from "../../emulator/console/contract";
import { get, path } from "../api";
import { useLive } from "../live";
import { useArrivals } from "../parts/list";
import { Problem } from "../parts/problem";
import { Body, Text, Time } from "../parts/text";
import { address } from "../route";
import { Log, LogRow, Status, useWindow } from "./log";

export function RequestsView({ seq }: { seq: string | undefined }) {
  const window = useWindow();
  const { search, limit } = window;
  const { data, problem } = useLive(["requests"], `${limit} ${search}`, () =>
    get<Requests>("requests", { search, limit }),
  );
  const isNew = useArrivals(data?.requests.map((request) => String(request.seq)));
  return (
    <Log
      label="Requests"
      window={window}
      problem={problem}
      hasMore={data?.hasMore === true}
      head={
        <tr>
          <th scope="col">Time</th>
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
        </tr>
      }
      rows={data?.requests.map((request) => (
        <LogRow
          key={request.seq}
          view="requests"
          entry={request}
          title={[request.method, request.path]}
          isCurrent={String(request.seq) === seq}
          isNew={isNew(String(request.seq))}
        >
          <td class="extra operation">{request.operation}</td>
          <td>
            <Status status={request.status} />
            {request.fault !== undefined && <span class="fault">{request.fault}</span>}
          </td>
          <td class="extra">{request.apiVersion}</td>
          <td class="extra number">{Math.round(request.durationMs)}</td>
        </LogRow>
      ))}
      empty="No requests yet."
      details={seq && <Details key={seq} seq={seq} />}
    />
  );
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
            <div>
              <dt>Time</dt>
              <dd>
                <Time at={data.at} />
              </dd>
            </div>
            <div>
              <dt>Status</dt>
              <dd>
                <Status status={data.status} />
              </dd>
            </div>
            <div>
              <dt>Operation</dt>
              <dd>{data.operation}</dd>
            </div>
            <div>
              <dt>API version</dt>
              <dd>{data.apiVersion ?? "none"}</dd>
            </div>
            <div>
              <dt>Fault</dt>
              <dd>{data.fault ?? "none"}</dd>
            </div>
            <div>
              <dt>Duration</dt>
              <dd>{Math.round(data.durationMs)} ms</dd>
            </div>
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
