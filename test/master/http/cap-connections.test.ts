import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { describe, it } from 'node:test';
import { capConnections } from '../../../src/master/http/cap-connections.ts';
import { clientKey, clientNetwork } from '../../../src/master/http/client-network.ts';
import { appFixture } from '../app-fixture.ts';

class Connection extends EventEmitter {
  readonly remoteAddress: string;
  isOpen = true;

  constructor(remoteAddress: string) {
    super();
    this.remoteAddress = remoteAddress;
  }

  destroy(): void {
    this.isOpen = false;
    this.emit('close');
  }
}

function capped(caps: { inAll: number; perAddress: number; leased?: readonly string[] }) {
  const server = new EventEmitter();
  const { leased = [], ...rest } = caps;
  capConnections(server, { ...rest, isLeased: (address) => leased.includes(address) });
  return {
    open: (address: string): Connection => {
      const connection = new Connection(address);
      server.emit('connection', connection);
      return connection;
    },
    ask: (socket: Connection): EventEmitter => {
      const response = new EventEmitter();
      server.emit('request', { socket }, response);
      return response;
    },
  };
}

describe('connections', () => {
  it('half-open ones of one network take no place from anybody else, and the longest goes first', () => {
    const { open, ask } = capped({ inAll: 100, perAddress: 10 });
    const attack = Array.from({ length: 1000 }, (_, at) => open(`2001:db8::${(at % 200).toString(16)}`));
    assert.equal(attack.filter(({ isOpen }) => isOpen).length, 25, 'a quarter of all');
    assert.ok(attack.slice(-25).every(({ isOpen }) => isOpen));
    const laptop = open('10.77.255.2');
    ask(laptop);
    for (let at = 0; at < 1000; at += 1) open(`2001:db8::${(at % 200).toString(16)}`);
    assert.ok(laptop.isOpen);
  });

  it('from everywhere at once leave places for machines with a lease, and a new stranger takes that of the one that waits longest', () => {
    const { open } = capped({ inAll: 100, perAddress: 10, leased: ['10.77.1.1'] });
    const attack = Array.from({ length: 1000 }, (_, at) => open(`10.77.${100 + (at % 100)}.1`));
    assert.equal(attack.filter(({ isOpen }) => isOpen).length, 75);
    const [leased, laptop] = [open('10.77.1.1'), open('10.77.255.2')];
    assert.deepEqual([leased.isOpen, laptop.isOpen, attack.at(-1)?.isOpen], [true, true, true]);
  });

  it('with a request under way stay; the newcomer goes when there are no others', () => {
    const { open, ask } = capped({ inAll: 8, perAddress: 2, leased: ['10.77.1.1', '10.77.1.2', '10.77.1.3', '10.77.1.4', '10.77.1.5'] });
    const busy = ['1', '1', '2', '2', '3', '3', '4', '4'].map((host) => open(`10.77.1.${host}`));
    const responses = busy.map(ask);
    assert.equal(open('10.77.1.1').isOpen, false, 'its address has two');
    assert.equal(open('10.77.1.5').isOpen, false, 'all are busy');
    responses[0]?.emit('close');
    assert.equal(open('10.77.1.5').isOpen, true, 'one was only kept alive');
    assert.deepEqual(
      busy.map(({ isOpen }) => isOpen),
      [false, true, true, true, true, true, true, true],
    );
  });

  it('that close give their places back', () => {
    const { open } = capped({ inAll: 100, perAddress: 1 });
    for (let at = 0; at < 300; at += 1) open('10.77.1.1').destroy();
    assert.equal(open('10.77.1.1').isOpen, true);
  });

  it('over real sockets: who says nothing gives way to who asks', async () => {
    await using fixture = await appFixture({ limits: { connections: 4, connectionsPerAddress: 2 } });
    await fixture.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = fixture.app.server.address() as AddressInfo;
    const silent = Array.from({ length: 5 }, () => connect(port, '127.0.0.1').on('error', () => {}));
    await Promise.all(silent.slice(0, 3).map((socket) => once(socket, 'close')));
    const asking = connect(port, '127.0.0.1');
    asking.write('GET /ready HTTP/1.0\r\n\r\n');
    let said = '';
    for await (const piece of asking) said += String(piece);
    assert.match(said, /^HTTP\/1\.[01] 200/);
    for (const socket of silent) socket.destroy();
  });

  it('a body for a path that there is not is not waited for', async () => {
    await using fixture = await appFixture();
    await fixture.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = fixture.app.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    socket.write('POST /nowhere HTTP/1.1\r\nhost: bang\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{');
    const [answer] = await once(socket, 'data');
    assert.match(String(answer), /^HTTP\/1\.1 404/);
    socket.destroy();
  });
});

it('names a client: an IPv4 address, or the /64 of an IPv6 address', () => {
  assert.deepEqual(['10.77.1.9', '::ffff:10.77.1.9'].map(clientKey), ['10.77.1.9', '10.77.1.9']);
  assert.equal(clientKey('2001:db8::1'), clientKey('2001:db8:0:0:ffff::2'));
  assert.notEqual(clientKey('2001:db8::1'), clientKey('2001:db8:0:1::1'));
  assert.deepEqual([clientNetwork('10.77.1.9'), clientNetwork('')], ['10.77.1', '']);
});
