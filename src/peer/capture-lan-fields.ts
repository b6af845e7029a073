/**
 * Keeps the lines of `ipmitool lan print` that are inventory. The SNMP community string stands among them, and secrets are
 * never collected: so it is a list of what stays, not of what goes.
 */
export function onlyLanFields(stdout: Buffer): Buffer {
  const lines = stdout.toString('latin1').split('\n');
  const kept = lines.filter((line) => KEPT.has(/^([^:]*?)\s*:/.exec(line)?.[1]?.trim() ?? ''));
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
