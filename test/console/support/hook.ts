import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

type Receive = (body: string, respond: (status: number, body?: string) => void) => unknown;

/** The webhook of a bot, on a port of its own. */
export class Hook {
  private constructor(readonly server: Server) {}

  static async listen(receive: Receive): Promise<Hook> {
    const server = createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      await receive(body, (status, text = "") => response.writeHead(status).end(text));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new Hook(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
