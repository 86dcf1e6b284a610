import type { Overview, OwnerSummary } from "../../emulator/console/contract";
import { address } from "../route";
import { OwnerPage } from "./owner";
import { Owners } from "./owners";

export function ObjectsView({ overview, ownerId }: { overview: Overview; ownerId: string | undefined }) {
  return (
    <div class="split" data-open={ownerId !== undefined}>
      <Owners overview={overview} ownerId={ownerId} linkTo={ownerAddress} hasAccounts={true} />
      <section class="details" aria-label="Details">
        {ownerId === undefined ? (
          <p class="quiet hint">Choose an app or an account to see what it holds.</p>
        ) : (
          <OwnerPage key={ownerId} id={ownerId} overview={overview} />
        )}
      </section>
    </div>
  );
}

const ownerAddress = ({ id, accountId }: OwnerSummary) =>
  address(accountId === undefined ? "accounts" : "apps", id);
