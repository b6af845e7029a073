import type { HeadPlan } from './head-plan.ts';
import { FILE_HEAD } from './places.ts';

type PrivateSide = Pick<HeadPlan, 'private' | 'address' | 'prefixLength'>;

/** systemd.network(5). Sorted before what a distribution has for every interface; nothing is asked of that network, and boot does not wait for it. Pure. */
export function networkdText({ private: name, address, prefixLength }: PrivateSide): string {
  return `${FILE_HEAD}
[Match]
Name=${name}

[Link]
RequiredForOnline=no

[Network]
Address=${address}/${prefixLength}
DHCP=no
LinkLocalAddressing=no
IPv6AcceptRA=no
ConfigureWithoutCarrier=yes
`;
}

/** interfaces(5). Pure. */
export function ifupdownText({ private: name, address, prefixLength }: PrivateSide): string {
  return `${FILE_HEAD}
auto ${name}
iface ${name} inet static
    address ${address}/${prefixLength}
`;
}

/** NetworkManager.conf(5): it keeps its hands off, and the head gives the interface its address. Pure. */
export function networkManagerText({ private: name }: Pick<PrivateSide, 'private'>): string {
  return `${FILE_HEAD}
[keyfile]
unmanaged-devices+=interface-name:${name}
`;
}
