import type { Deliveries, DeliveryDetails, Owner } from "../../emulator/console/contract";
import { get, path } from "../api";
import { useLive } from "../live";
import { Text } from "../parts/text";
import { address } from "../route";

const userTriggers = ["conversation:message", "message:appUser", "message", "*"];

/** Why the bot may have heard nothing: no webhook receives messages, or the app's last delivery has not arrived. */
export function DeliveryNote({ appId }: { appId: string }) {
  const { data: app } = useLive(["objects"], appId, () => get<Owner>(path("owners", appId)));
  const { data: last } = useLive(["deliveries"], appId, () => loadLast(appId));
  if (app !== undefined && !app.objects.some(receivesMessages)) {
    return <p class="quiet">No webhook of this app receives messages.</p>;
  }
  const attempt = last?.tries.at(-1);
  if (last === undefined || attempt === undefined || last.state === "delivered") return null;
  return (
    <p>
      <a href={address("deliveries", last.seq)}>
        {last.state === "pending" ? "Not delivered yet" : "Not delivered"}:{" "}
        <Text>{attempt.error ?? `status ${attempt.status}`}</Text> (delivery {last.seq})
      </a>
    </p>
  );
}

function receivesMessages({ kind, properties: { triggers } }: Owner["objects"][number]): boolean {
  return kind === "webhook" && Array.isArray(triggers) && userTriggers.some((one) => triggers.includes(one));
}

async function loadLast(appId: string): Promise<DeliveryDetails | undefined> {
  const { deliveries } = await get<Deliveries>("deliveries", { search: appId, limit: 1 });
  const [last] = deliveries;
  return last && get<DeliveryDetails>(path("deliveries", last.seq));
}
