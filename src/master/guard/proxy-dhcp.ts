import { subnetSet } from '../../domain/ip-address.ts';
import type { Evidence } from './classify.ts';
import type { Policy } from './policy.ts';
import type { Objection } from './reasons.ts';

type OneServer = Extract<Policy, { wanted: 'one-server' }>;
type DhcpServer = Extract<Evidence, { code: 'foreign-dhcp-server' }>;

/** Whether boot files may be served beside the DHCP server of a network. */
export type ProxyDhcpVerdict = { server: string } | { refusals: Objection[] };

/** What a probe found, judged for ProxyDHCP: machines and routers belong there, a second server does not. */
export function judgeForProxyDhcp(evidence: readonly Objection[], policy: OneServer): ProxyDhcpVerdict {
  const refusals = evidence.filter(({ code }) => !BELONG_THERE.has(code) && code !== 'foreign-dhcp-server');
  const servers = evidence.filter((one): one is DhcpServer => one.code === 'foreign-dhcp-server');
  const names = [...new Set(servers.map(nameOf))];
  const [name] = names;
  if (name === undefined) return { refusals: [...refusals, { code: 'no-dhcp-server', subnet: policy.subnet }] };
  if (names.length > 1) refusals.push({ code: 'several-dhcp-servers', servers: names });
  const ours = subnetSet([policy.subnet]);
  const elsewhere = servers.find(({ offered }) => offered !== undefined && !ours.contains(offered));
  if (elsewhere?.offered !== undefined) refusals.push({ code: 'other-network', offered: elsewhere.offered, subnet: policy.subnet });
  const booting = servers.find(({ boots }) => boots === true);
  if (booting !== undefined) refusals.push({ code: 'server-names-boot-file', server: nameOf(booting) });
  return refusals.length > 0 ? { refusals } : { server: name };
}

/** Whether something that shows up while we serve beside `server` means that we must stop. */
export function isConflict(evidence: Evidence, server: string): boolean {
  if (evidence.code === 'foreign-dhcp-server') return nameOf(evidence) !== server || evidence.boots === true;
  return evidence.code === 'foreign-pxe-server' || evidence.code === 'address-taken';
}

/** An ordinary network has these. Of DHCPv6 and router advertisements we do nothing there, so nobody is in our way. */
const BELONG_THERE: ReadonlySet<Objection['code']> = new Set(['foreign-traffic', 'router-advertisement', 'foreign-dhcp6-server']);

/** A server by its address; behind two relays it is still one. */
function nameOf({ address, mac }: DhcpServer): string {
  return address ?? mac;
}
