import type { FastifyRequest } from 'fastify';
import { ReconError } from '../../domain/errors.ts';
import { isLoopback, plainAddress } from '../../domain/ip-address.ts';
import { requireOwnAddress } from '../../master/dhcp/own-address.ts';
import { requireBootClient } from '../../master/http/boot-client.ts';
import { machineOf } from '../../master/http/machine-parameter.ts';
import { nodeAt, nodeOf } from '../decide/known-node.ts';
import type { Asker } from '../history/boot-book.ts';
import type { MachinesDeps } from './machines-deps.ts';

export interface AskingMachine extends Asker {
  address: string;
}

/**
 * Who asks, by the path and the address that it asks from.
 * @throws ReconError `not-found` for what is no MAC address, `forbidden` for a browser, or for whoever asks in the name of another machine
 */
export function askingMachine(request: FastifyRequest, { pool, leases }: Pick<MachinesDeps, 'pool' | 'leases'>): AskingMachine {
  requireBootClient(request);
  const mac = machineOf(request.params);
  const address = plainAddress(request.ip);
  const all = pool();
  const node = nodeOf(all, mac);
  const own = node === undefined ? undefined : all.nodes.get(node)?.address;
  const holder = nodeAt(all, address);
  if (holder !== undefined && holder !== node) throw new ReconError('forbidden', `${address} is the address of ${holder}, not of ${mac}`);
  if (own !== undefined && own !== address && !isLoopback(address))
    throw new ReconError('forbidden', `${mac} is ${node}, whose address is ${own} and not ${address}`);
  // a reservation says more than what was leased before it was written
  if (own === undefined) requireOwnAddress(leases, mac, address);
  return { mac, node, address };
}
