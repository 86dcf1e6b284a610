import type { EmulatorResponse } from "../../../src/emulator/exchange";
import { type Transport, TransportFault, type WireRequest } from "../../../src/smooch/host";
import type { VirtualClock } from "../../support/clock";
import type { Random } from "../../support/random";
import type { Maker, Watch } from "../checks/watch";

/** The network between client and emulator: latency and timeouts. */
export class Network {
  constructor(
    private readonly watch: Watch,
    private readonly clock: VirtualClock,
    private readonly random: Random,
    private readonly trace: (line: string) => void,
  ) {}

  /** The transport to the emulator for one of its callers. */
  for(maker: Maker): Transport {
    return async (request) => {
      await this.clock.sleep(this.random.int(1, 80));
      const timeout = this.clock.timer(request.timeoutMs);
      try {
        const ended = timeout.over.then(() => this.#timeOut(request));
        return await Promise.race([this.#exchange(request, maker), ended]);
      } finally {
        timeout.cancel();
      }
    };
  }

  async #exchange({ method, url, headers, body }: WireRequest, maker: Maker) {
    const { pathname, search } = new URL(url);
    const answer = await this.watch.handle({ method, url: pathname + search, headers, body }, maker);
    await this.clock.sleep(this.random.int(1, 80));
    if (answer.broken !== undefined) return this.#breakConnection(answer.broken);
    if (answer.headers["x-smooch-emulator"] === undefined)
      throw new Error("the response did not come from the emulator");
    return { status: answer.status, headers: { ...answer.headers }, body: answer.body };
  }

  #breakConnection(how: NonNullable<EmulatorResponse["broken"]>): Promise<never> {
    if (how === "hang") return new Promise(() => {});
    throw how === "refused"
      ? new TransportFault("unsent", "connection refused")
      : new TransportFault("lost", how === "reset" ? "connection reset" : "connection broken");
  }

  #timeOut({ method, timeoutMs }: WireRequest): never {
    this.trace(`${method} timed out after ${timeoutMs} ms`);
    throw new TransportFault("lost", `no response within ${timeoutMs / 1000} s`);
  }
}
