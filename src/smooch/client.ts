import { Api } from "./api";
import type { ApiVersion } from "./api-version";
import { Endpoints } from "./endpoints/index";
import type { Host } from "./host";
import { Http, type HttpSettings } from "./http";
import type { Reads } from "./reads";

/** A client for Smooch's API with the same interface for every API version. Throws SmoochError. */
export class SmoochClient extends Endpoints {
  /** If `reads` is given, reads that arrive close together are answered from one list. */
  constructor(
    readonly host: Host,
    private readonly settings: HttpSettings,
    readonly version: ApiVersion,
    private readonly reads?: Reads,
    private readonly http = new Http(host, settings),
  ) {
    super(new Api(version, http, reads));
  }

  /** A client for another API version that shares the account, connection pool and rate limiter. */
  in(version: ApiVersion): SmoochClient {
    return version === this.version
      ? this
      : new SmoochClient(this.host, this.settings, version, this.reads, this.http);
  }

  /** The time on Smooch's clock, at most a second slow; undefined before the first response. */
  serverNow(): number | undefined {
    return this.http.serverNow();
  }
}
