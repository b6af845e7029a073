import type { MachineState } from '../ledger/machine/state.ts';

/** What is known beside the machine itself. */
export interface Surroundings {
  /** time of the master's clock, in milliseconds since 1970 */
  nowMs: number;
  /** why no new machine is answered any more; undefined while discovery is open */
  discoveryOver?: string | undefined;
  /** whether DHCP is answered on that interface of the master now */
  isServed: (networkInterface: string) => boolean;
  /** whether the image has a driver for a PCI card (`8086:1592`); undefined when that is not known */
  hasDriver: (pciId: string) => boolean | undefined;
  /** modules of the kernel that would drive a network card, and that the image leaves out */
  leftOutDrivers: (pciId: string) => readonly string[];
  /** what a PCI card is called; undefined when nobody knows */
  cardName: (pciId: string) => string | undefined;
  /** memory that a machine needs until its inventory runs, in bytes */
  neededRamBytes: number;
  /** memory that kernel and initrd need to start at all, in bytes */
  startRamBytes: number;
  /** time that a whole inventory may take, in milliseconds */
  captureMs: number;
}

/** A machine as the verdict sees it: its state, and how long it has not moved on. */
export interface Stuck {
  state: MachineState;
  /** since the latest event that moved it on, in milliseconds */
  waitedMs: number;
  /** since the latest event of any kind, in milliseconds */
  silentMs: number;
}
