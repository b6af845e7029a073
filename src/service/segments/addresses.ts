import type { Ipv6Segment, Segment } from '../../domain/network.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import type { Log } from '../../platform/log.ts';
import { fenceDhcp6, removeDhcp6Fence } from '../../platform/network/dhcp6-fence.ts';
import { addAddress, allowIpv6, forbidIpv6, removeAddress } from '../../platform/network/interfaces.ts';

/**
 * Puts our addresses on an interface. IPv6 is an extra: without it in the kernel, or without the fence that keeps us from answering
 * strangers, the segment is served with IPv4 alone. The result is the segment as it can be served.
 * @throws ReconError `command-failed` when the IPv4 address cannot be set
 */
export async function takeAddresses(segment: Segment, ipv6: Ipv6Segment | undefined, log: Log): Promise<Segment> {
  const { interface: name } = segment;
  await addAddress(name, segment.address, segment.prefixLength);
  if (ipv6 === undefined) return segment;
  try {
    await fenceDhcp6(name);
    if (!(await allowIpv6(name))) {
      log.info(`${name}: this kernel has no IPv6: network boot over IPv4 only`);
      return segment;
    }
    await addAddress(name, ipv6.address, ipv6.prefixLength);
    return { ...segment, ipv6 };
  } catch (error) {
    log.warn(`${name}: no network boot over IPv6: ${messageOf(error)}`);
    await forbidIpv6(name);
    return segment;
  }
}

/** Takes them away again, IPv6 altogether. @throws ReconError `command-failed` when the IPv4 address is not there any more */
export async function dropAddresses({ interface: name, address, prefixLength, ipv6 }: Segment): Promise<void> {
  if (ipv6 !== undefined) {
    await forbidIpv6(name);
    await removeDhcp6Fence(name);
  }
  await removeAddress(name, address, prefixLength);
}
