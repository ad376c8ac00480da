// A wire between Sightline and an organization that a test can make slow, cut, or make answer otherwise.
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to one request instead of, or before, its passing. */
export type Trouble =
  | { delay: number }
  | { answer: { status: number; headers?: Record<string, string>; body?: string } }
  /** The connection breaks after this many bytes of the body. */
  | { cutAfter: number };

export class Wire {
  /** The path of every request that came, in their order. */
  readonly asked: string[] = [];
  private trouble: (path: string, at: number) => Trouble | null = () => null;
  private constructor(private readonly server: http.Server, private readonly target: URL) {}

  static async before(organizationUrl: string): Promise<Wire> {
    const server = http.createServer();
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    const wire = new Wire(server, new URL(organizationUrl));
    server.on('request', (asked, answer) => wire.pass(asked, answer));
    return wire;
  }

  /** The organization as it is reached through the wire. */
  get url(): string { return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${this.target.pathname}`; }

  /** From now on; null lets everything pass. `at` counts the requests. */
  make(trouble: ((path: string, at: number) => Trouble | null) | null): void { this.trouble = trouble ?? (() => null); }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => { this.server.close(resolve); });
  }

  private pass(asked: http.IncomingMessage, answer: http.ServerResponse): void {
    const trouble = this.trouble(asked.url ?? '', this.asked.push(asked.url ?? ''));
    if (trouble && 'answer' in trouble) {
      asked.resume();
      answer.writeHead(trouble.answer.status, trouble.answer.headers).end(trouble.answer.body ?? '');
      return;
    }
    const forward = () => this.forward(asked, answer, trouble && 'cutAfter' in trouble ? trouble.cutAfter : -1);
    if (trouble && 'delay' in trouble) setTimeout(forward, trouble.delay);
    else forward();
  }

  // The Host stays as it came, so that the organization's links lead back over the wire.
  private forward(asked: http.IncomingMessage, answer: http.ServerResponse, cutAfter: number): void {
    const on = http.request({ host: this.target.hostname, port: this.target.port, path: asked.url, method: asked.method, headers: asked.headers }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      if (cutAfter < 0) {
        got.pipe(answer);
        return;
      }
      got.once('data', (chunk: Buffer) => answer.write(chunk.subarray(0, cutAfter), () => answer.destroy()));
    });
    on.on('error', () => answer.destroy());
    answer.on('close', () => on.destroy());
    asked.pipe(on);
  }
}
