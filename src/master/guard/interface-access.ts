import { ReconError } from '../../domain/errors.ts';
import { type InterfaceFacts, keepSilent, listInterfaces, setUp } from '../../platform/network/interfaces.ts';
import { sendFrames } from '../../platform/network/packets-send.ts';
import { openPacketCapture, type PacketCapture } from './packets/packet-capture.ts';

/** What the guard reads of an interface, and does to it. */
export interface InterfaceAccess {
  /** @throws ReconError `not-found` when it is not there any more */
  facts(): Promise<InterfaceFacts>;
  /** sets it up so that the kernel says nothing there by itself */
  setUpSilently(): Promise<void>;
  /** @throws ReconError `command-failed` */
  openCapture(filter: string): Promise<PacketCapture>;
  send(frames: readonly Uint8Array[]): Promise<void>;
}

/** Access to an interface of this machine. */
export function interfaceAccess(name: string): InterfaceAccess {
  return {
    facts: async () => {
      const facts = (await listInterfaces()).find((one) => one.name === name);
      if (facts === undefined) throw new ReconError('not-found', `there is no interface ${name} any more`);
      return facts;
    },
    setUpSilently: async () => {
      await keepSilent(name);
      await setUp(name);
    },
    openCapture: (filter) => openPacketCapture(name, filter),
    send: (frames) => sendFrames(name, frames),
  };
}
