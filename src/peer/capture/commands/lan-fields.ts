/**
 * Keeps the lines of `ipmitool lan print` that are inventory. The SNMP community string stands among them, and secrets are
 * never collected: so it is a list of what stays, not of what goes.
 */
export function onlyLanFields(stdout: Buffer): Buffer {
  return onlyLines(stdout, (key) => KEPT.has(key));
}

/** The same for `ipmitool lan6 print`: which addresses there are and where they come from. DUIDs and routers' MACs stay out. */
export function onlyLan6Fields(stdout: Buffer): Buffer {
  return onlyLines(stdout, (key) => KEPT_IPV6.has(key) || /^IPv6 (Static|Dynamic) Address \d+$/.test(key));
}

function onlyLines(stdout: Buffer, isKept: (key: string) => boolean): Buffer {
  const lines = stdout.toString('latin1').split('\n');
  const kept = lines.filter((line) => isKept(/^([^:]*?)\s*:/.exec(line)?.[1]?.trim() ?? ''));
  return Buffer.from(kept.map((line) => `${line}\n`).join(''), 'latin1');
}

const KEPT = new Set([
  'Set in Progress',
  'IP Address Source',
  'IP Address',
  'Subnet Mask',
  'MAC Address',
  'Default Gateway IP',
  'Default Gateway MAC',
  'Backup Gateway IP',
  'Backup Gateway MAC',
  '802.1q VLAN ID',
  '802.1q VLAN Priority',
]);

const KEPT_IPV6 = new Set(['IPv6/IPv4 Support', 'IPv6/IPv4 Addressing Enables', 'Enabled', 'Address', 'Status', 'Source', 'Source/Type']);
