import type { LeaveOut } from '../export/format.ts';
import type { SwitchPorts } from '../export/formats/netbox/cables.ts';
import type { ExportMachine } from '../export/machine.ts';
import type { SharedObjects } from './shared-objects.ts';

/** What is said for all machines. */
export interface PushSettings {
  site: string;
  /** role of new devices */
  role: string;
  /** parts are modules, and no inventory items: from NetBox 4.3 on, which calls these deprecated */
  hasModules: boolean;
  /** bits of the addresses' prefixes */
  prefix: string;
  bmcPrefix: string;
  /** where a person says that a machine stands */
  placeOf: (machine: ExportMachine) => { rack: string; unit?: number } | undefined;
}

export interface PushContext {
  settings: PushSettings;
  shared: SharedObjects;
  switches: SwitchPorts;
  leaveOut: LeaveOut;
}
