import type { MacAddress } from '../../domain/values/mac.ts';

/** What is known of a machine that asks what to boot: its firmware's words, and those of its inventory record where there is one. */
export interface BootingMachine {
  /** of the card that it boots from */
  mac: MacAddress;
  vendor?: string;
  product?: string;
  serial?: string;
  uuid?: string;
  memoryBytes?: number;
  firmware?: 'bios' | 'uefi';
  architecture?: 'x86_64' | 'arm64';
  /** name of the switch, and the port there, by LLDP */
  switch?: string;
  port?: string;
}
