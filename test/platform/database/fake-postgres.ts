import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';

/** A server that takes whatever it is told (PostgreSQL, chapter "Frontend/Backend Protocol"). */
export interface FakePostgres {
  address: string;
  /** statements of the work, and the lines of a COPY, in their order */
  told: string[];
  /** how many clients have come so far */
  clients(): number;
  /** settles when the first client has gone */
  left: Promise<void>;
}

function message(type: string, body: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}
const complete = (tag: string): Buffer => message('C', Buffer.from(`${tag}\0`));

export async function fakePostgres(t: TestContext): Promise<FakePostgres> {
  const told: string[] = [];
  let clients = 0;
  const left = Promise.withResolvers<void>();
  const server = createServer((connection) => {
    clients += 1;
    connection.on('error', () => {});
    connection.on('close', () => left.resolve());
    serve(connection, told);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return {
    address: `postgres://me@127.0.0.1:${(server.address() as AddressInfo).port}/visits`,
    told,
    clients: () => clients,
    left: left.promise,
  };
}

function serve(connection: Socket, told: string[]): void {
  let state = 'I';
  let rest = Buffer.alloc(0);
  let isGreeted = false;
  let isCopying = false;
  const ready = (): Buffer => message('Z', Buffer.from(state));
  const answers: Record<string, (body: Buffer) => Buffer[]> = {
    P: (body) => {
      const statement = body.toString('utf8').split('\0')[1] ?? '';
      // a client also asks for the types of columns
      if (/^(commit|rollback)/.test(statement)) {
        told.push(statement);
        state = 'I';
      }
      return [message('1')];
    },
    D: () => [message('t', Buffer.alloc(2)), message('n')],
    B: () => [message('2')],
    // inside a transaction nothing but its end is executed in this way
    E: () => {
      state = 'I';
      return [complete('SELECT 0')];
    },
    S: () => [ready()],
    Q: (body) => {
      const statement = body.toString('utf8', 0, body.length - 1).trim();
      told.push(statement);
      isCopying = /^copy/i.test(statement);
      if (isCopying) return [message('G', Buffer.from([0, 0, 0]))];
      if (/^begin/.test(statement)) state = 'T';
      return [complete('DONE'), ready()];
    },
    d: (body) => {
      told.push(String(body));
      return [];
    },
    c: () => {
      isCopying = false;
      return [complete('COPY 1'), ready()];
    },
    // the client also says so behind a COPY that went well, which a server does not hear
    f: () => {
      if (!isCopying) return [];
      isCopying = false;
      told.push('no more lines');
      state = 'E';
      return [message('E', Buffer.from('SERROR\0C57014\0MCOPY failed\0\0')), ready()];
    },
  };
  connection.on('data', (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    // the first message has no type
    for (let at = isGreeted ? 1 : 0; rest.length >= at + 4 && rest.length >= at + rest.readInt32BE(at); at = 1) {
      const end = at + rest.readInt32BE(at);
      const body = rest.subarray(at + 4, end);
      const type = at === 0 ? '' : rest.toString('latin1', 0, 1);
      rest = rest.subarray(end);
      if (isGreeted) for (const answer of answers[type]?.(body) ?? []) connection.write(answer);
      else connection.write(Buffer.concat([message('R', Buffer.alloc(4)), ready()]));
      isGreeted = true;
    }
  });
}
