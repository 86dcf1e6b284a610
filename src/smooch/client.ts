import { Api } from "./api";
import type { ApiVersion } from "./api-version";
import { Endpoints } from "./endpoints/index";
import type { Host } from "./host";
import { Http, type HttpSettings } from "./http";
import type { Reads } from "./reads";

/** Smooch's API as a program sees it, whichever API version carries the calls. Errors are SmoochError. */
export class SmoochClient extends Endpoints {
  /** Where `reads` is given, reads that come close together are answered by listings. */
  constructor(
    readonly host: Host,
    private readonly settings: HttpSettings,
    readonly version: ApiVersion,
    private readonly reads?: Reads,
    private readonly http = new Http(host, settings),
  ) {
    super(new Api(version, http, reads));
  }

  /** The same account, pool and limiter through another API version. */
  in(version: ApiVersion): SmoochClient {
    return version === this.version
      ? this
      : new SmoochClient(this.host, this.settings, version, this.reads, this.http);
  }

  /** The time on Smooch's clock, at most a second behind it; undefined before the first answer. */
  serverNow(): number | undefined {
    return this.http.serverNow();
  }
}
