/** One interface of `ip address` or `link`. */
export interface IpInterface {
  name: string;
  linkType: string | undefined;
  /** what the kernel made it as: bridge, veth, bond …; undefined for hardware */
  kind: string | undefined;
  address: string | undefined;
  permanentAddress: string | undefined;
  flags: string[];
  mtuBytes: number | undefined;
  /** bond or bridge that it is a member of */
  memberOf: string | undefined;
  /** what it lies on, of a VLAN */
  link: string | undefined;
  bondMode: string | undefined;
  vlanId: number | undefined;
  /** with prefix length, as printed, without link-local IPv6 */
  addresses: string[];
}
