import { INSTALL_ARGUMENT } from './kernel-arguments.ts';
import { type MacAddress, parseMac } from './values/mac.ts';

/** What the role is decided from: kernel arguments and the medium that the system booted from. */
export interface BootFacts {
  kernelArguments: ReadonlyMap<string, string>;
  /** block device behind the live system, for example `/dev/sda1`; undefined when the root image came over the network */
  bootDevice: string | undefined;
  /** the port by which this machine has joined another master; undefined while it would be one itself */
  joinPort?: MacAddress;
}

export type Role =
  | { role: 'master'; bootDevice: string | undefined; reason: string }
  | { role: 'peer'; masterUrl: string; bootMac: MacAddress | undefined; reason: string }
  /** booted from a medium, and is the peer of another machine that did so before; who that is, the network says */
  | { role: 'joiner'; bootMac: MacAddress; reason: string }
  /** copies the medium that it booted from onto a disk, when a person says which */
  | { role: 'installer'; bootDevice: string; reason: string }
  | { role: 'undecided'; reason: string };

/** Decides what this node is. Pure: the table in test/domain/role.test.ts is its specification. */
export function decideRole(facts: BootFacts): Role {
  const root = facts.kernelArguments.get('root') ?? '';
  const forced = facts.kernelArguments.get('recon.role');
  if (forced !== undefined && forced !== 'master' && forced !== 'peer') {
    return { role: 'undecided', reason: `recon.role=${forced} is neither master nor peer` };
  }
  const fromNetwork = /^live:(https?|ftp|tftp):/.test(root);
  if (facts.kernelArguments.get('recon.install') === '1') return decideInstaller(facts, fromNetwork);
  if (forced === 'master') return { role: 'master', bootDevice: facts.bootDevice, reason: 'recon.role=master' };
  if (forced === 'peer' || fromNetwork)
    return decidePeer(facts, root, forced === 'peer' ? 'recon.role=peer' : 'the root image came over the network');
  if (facts.bootDevice !== undefined) {
    if (facts.joinPort !== undefined)
      return {
        role: 'joiner',
        bootMac: facts.joinPort,
        reason: `booted from ${facts.bootDevice}, and another master serves at ${facts.joinPort}`,
      };
    return { role: 'master', bootDevice: facts.bootDevice, reason: `booted from ${facts.bootDevice}` };
  }
  return { role: 'undecided', reason: 'neither a boot medium nor a root image from the network was found' };
}

function decideInstaller({ bootDevice }: BootFacts, fromNetwork: boolean): Role {
  if (bootDevice !== undefined && !fromNetwork) return { role: 'installer', bootDevice, reason: INSTALL_ARGUMENT };
  return { role: 'undecided', reason: `${INSTALL_ARGUMENT}, but this system did not boot from a stick or CD that could be copied` };
}

function decidePeer(facts: BootFacts, root: string, reason: string): Role {
  const masterUrl = masterUrlOf(facts.kernelArguments, root);
  if (masterUrl === undefined) {
    return { role: 'undecided', reason: `${reason}, but neither pxeaddr= nor root=live:http://… names a master` };
  }
  const bootInterface = facts.kernelArguments.get('BOOTIF');
  return { role: 'peer', masterUrl, bootMac: bootInterface === undefined ? undefined : parseMac(bootInterface), reason };
}

/** pxeaddr is the master's address as the boot loader saw it: it needs no DNS. */
function masterUrlOf(kernelArguments: ReadonlyMap<string, string>, root: string): string | undefined {
  const address = kernelArguments.get('pxeaddr');
  if (address !== undefined && /^[0-9a-fA-F.:]+$/.test(address)) return `http://${address.includes(':') ? `[${address}]` : address}`;
  const host = /^live:https?:\/\/([^/]+)/.exec(root)?.[1];
  return host === undefined ? undefined : `http://${host}`;
}
