import type { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { clientNetwork } from './client-network.ts';

/** What of a connection is looked at. */
export interface CappedSocket extends Pick<EventEmitter, 'once'> {
  readonly remoteAddress?: string | undefined;
  destroy(): unknown;
}

export interface ConnectionCaps {
  inAll: number;
  perAddress: number;
  /** whether a machine has this address from us */
  isLeased: (address: string) => boolean;
}

/** Of all places, strangers (who have no lease of ours) may have so many, and one network of theirs so many. */
const STRANGERS_SHARE = 3 / 4;
const NETWORK_SHARE = 1 / 4;

interface Connection {
  socket: CappedSocket;
  address: string;
  /** undefined for a machine with a lease */
  network: string | undefined;
}

/**
 * Bounds the connections so that nobody can take all there are: an address has its cap, strangers of one network have theirs, and all strangers
 * together leave places for machines with a lease. Who comes when its share is full takes the place of the connection in that share that
 * waits for longest without a request under way: one that is opened and says nothing, or sends its headers byte by byte, holds nobody up.
 * An honest client has sent its headers long before it is that one. When all have a request under way, the newcomer is closed.
 */
export function capConnections(server: Pick<EventEmitter, 'on'>, { inAll, perAddress, isLeased }: ConnectionCaps): void {
  const open = new Map<CappedSocket, Connection>();
  /** the longest first */
  const waiting = new Set<Connection>();
  const counts = new Map<string, number>();
  const count = (key: string): number => counts.get(key) ?? 0;
  const change = (key: string, by: number): void => {
    const next = count(key) + by;
    if (next === 0) counts.delete(key);
    else counts.set(key, next);
  };
  const changeAll = ({ address, network }: Connection, by: number): void => {
    change(`address ${address}`, by);
    if (network === undefined) return;
    change('strangers', by);
    change(`network ${network}`, by);
  };
  const leave = (one: Connection): void => {
    if (!open.delete(one.socket)) return;
    waiting.delete(one);
    changeAll(one, -1);
  };
  const makeRoom = (isOfShare: (one: Connection) => boolean): boolean => {
    for (const one of waiting) {
      if (!isOfShare(one)) continue;
      leave(one);
      one.socket.destroy();
      return true;
    }
    return false;
  };
  const mayStay = ({ address, network }: Connection): boolean => {
    if (count(`address ${address}`) >= perAddress && !makeRoom((one) => one.address === address)) return false;
    if (network !== undefined) {
      if (count(`network ${network}`) >= inAll * NETWORK_SHARE && !makeRoom((one) => one.network === network)) return false;
      if (count('strangers') >= inAll * STRANGERS_SHARE && !makeRoom((one) => one.network !== undefined)) return false;
    }
    return open.size < inAll || makeRoom((one) => one.network !== undefined) || makeRoom(() => true);
  };
  server.on('connection', (socket: CappedSocket) => {
    const address = socket.remoteAddress ?? '';
    const one: Connection = { socket, address, network: isLeased(address) ? undefined : clientNetwork(address) };
    if (!mayStay(one)) {
      socket.destroy();
      return;
    }
    open.set(socket, one);
    waiting.add(one);
    changeAll(one, 1);
    socket.once('close', () => leave(one));
  });
  server.on('request', (request: { socket: CappedSocket }, response: Pick<ServerResponse, 'once'>) => {
    const one = open.get(request.socket);
    if (one === undefined) return;
    waiting.delete(one);
    response.once('close', () => {
      if (open.has(one.socket)) waiting.add(one);
    });
  });
}
