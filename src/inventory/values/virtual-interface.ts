/** Names and drivers of interfaces that Linux made itself: only asked where nothing else tells what an interface is. */
export function looksVirtual(name: string, driver: string | undefined): boolean {
  return NAMES.test(name) || DRIVERS.has(driver ?? '');
}

/** `eno1.100` and `vlan100` are VLANs. */
const NAMES =
  /^(lo|bond|team|br|bridge|virbr|vmbr|docker|veth|vnet|tap|tun|vlan|dummy|ifb|wg|macvtap|macvlan|ovs|vxlan|gre|sit|ip6tnl)(\d|-|_|$)|[.:@]/;
const DRIVERS = new Set(['bonding', 'team', 'bridge', 'veth', 'tun', 'dummy', 'openvswitch', 'macvlan', 'vxlan', '802.1Q VLAN Support']);
