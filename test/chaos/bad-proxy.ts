import { connect, createServer, type Socket } from 'node:net';
import { seededRandom } from '../../src/demo/fleet/seeded-random.ts';

/** What happens to a connection. `cut`: closed in the middle; `damaged`: one byte of a body is another; `slow`: each piece comes late. */
export type Trouble = 'none' | 'cut' | 'damaged' | 'slow';

export interface BadProxy extends AsyncDisposable {
  url: string;
  /** how many connections had which trouble, as far as it came to it */
  readonly had: Readonly<Record<Trouble, number>>;
}

interface BadProxyOptions {
  /** where the master listens, as a URL */
  to: string;
  seed: number;
  /** in milliseconds, of each piece on a slow connection */
  delayMs: number;
  /** which trouble a connection has, each as often as it is named */
  troubles: readonly Trouble[];
}

const HEAD_END = '\r\n\r\n';

/** A TCP proxy that treats connections as bad networks do. Heads of requests and answers stay whole: what stands in them has no hash. */
export async function badProxy({ to, seed, delayMs, troubles }: BadProxyOptions): Promise<BadProxy> {
  const { next: random, pick } = seededRandom(seed);
  const target = new URL(to);
  const had = { none: 0, cut: 0, damaged: 0, slow: 0 };
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const master = connect({ host: target.hostname, port: Number(target.port) });
    for (const socket of [client, master]) {
      open.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        open.delete(socket);
        client.destroy();
        master.destroy();
      });
    }
    const trouble = pick(troubles);
    const isUpstream = random() < 0.7;
    const at = Math.floor(random() ** 2 * 150_000);
    const hit = (): void => {
      had[trouble] += 1;
    };
    if (trouble === 'none' || trouble === 'slow') hit();
    const pass = (from: Socket, into: Socket, isChosen: boolean): void => {
      const change = isChosen && trouble === 'damaged' ? damageAt(at, hit) : (piece: Buffer) => piece;
      let passedBytes = 0;
      from.on('data', (piece) => {
        passedBytes += piece.length;
        const changed = change(piece);
        if (isChosen && trouble === 'cut' && passedBytes > at) {
          hit();
          into.write(changed.subarray(0, Math.max(0, changed.length - (passedBytes - at))), () => client.destroy());
          return;
        }
        if (trouble === 'slow') setTimeout(() => into.write(changed), delayMs);
        else into.write(changed);
      });
      from.on('end', () => (trouble === 'slow' ? setTimeout(() => into.end(), delayMs) : into.end()));
    };
    pass(client, master, isUpstream);
    pass(master, client, !isUpstream);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    had,
    [Symbol.asyncDispose]: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Changes one byte of the first body that is longer than so many bytes, or the last one of a shorter body's first piece. */
function damageAt(at: number, hit: () => void): (piece: Buffer) => Buffer {
  let bodyBytes: number | undefined;
  let isDone = false;
  return (piece) => {
    if (isDone) return piece;
    const headEnd = bodyBytes === undefined ? piece.indexOf(HEAD_END) : -HEAD_END.length;
    if (bodyBytes === undefined && headEnd === -1) return piece;
    const start = Math.max(0, headEnd + HEAD_END.length);
    const before = bodyBytes ?? 0;
    bodyBytes = before + piece.length - start;
    if (bodyBytes === 0 || (bodyBytes <= at && piece.length > 60_000)) return piece;
    const place = Math.min(piece.length - 1, start + Math.max(0, at - before));
    const changed = Buffer.from(piece);
    changed[place] = (changed[place] ?? 0) ^ 0x04;
    isDone = true;
    hit();
    return changed;
  };
}
