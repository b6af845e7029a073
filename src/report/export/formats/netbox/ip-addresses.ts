import type { Nic } from '../../../../domain/record/network.ts';
import type { Cell } from '../../../../domain/values/csv-line.ts';
import type { LeaveOut } from '../../format.ts';
import type { ExportMachine } from '../../machine.ts';
import { portMac } from '../../ports.ts';
import { reachableAddress } from '../../reachable-bmcs.ts';
import type { ExportSettings } from '../../settings.ts';
import { BMC_PORT } from './named-ports.ts';

/**
 * A machine's rows of addresses (netbox/ipam/forms/bulk_import.py): the one that the call gave it, on the port that it boots from, and its BMC's, out of band. NetBox takes an
 * address once only, and no inventory knows how long the prefix is.
 */
export function addressRows(
  machine: ExportMachine,
  ports: ReadonlyMap<string, Nic>,
  { prefix = '32', 'bmc-prefix': bmcPrefix = '32' }: ExportSettings,
  leaveOut: LeaveOut,
): Cell[][] {
  const { name, mac, address, bmc } = machine;
  const rows: Cell[][] = [];
  const [port] = [...ports].find(([, nic]) => portMac(nic) === mac || nic.mac === mac) ?? [];
  if (address !== undefined && port === undefined) leaveOut('the address of a machine whose port for it is not among its ports');
  else if (address !== undefined) rows.push([`${address}/${prefix}`, 'active', name, port, true, false]);
  const bmcAddress = reachableAddress(machine);
  if (bmcAddress !== undefined) rows.push([`${bmcAddress}/${bmcPrefix}`, 'active', name, BMC_PORT, false, true]);
  else if (bmc?.address !== undefined) leaveOut('the address of a BMC that has none of its own (its interface is there)');
  return rows;
}
