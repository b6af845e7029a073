import type { HeadMachine } from '../machine/head-machine.ts';

/** systemd reads its files anew, where it runs. */
export async function reloadUnits(machine: HeadMachine): Promise<void> {
  if (machine.isBooted) await machine.run(['systemctl', 'daemon-reload']);
}

/** A unit starts at boot and runs now; `isChanged`: it is started again. False when it was so already. */
export async function enableUnit(machine: HeadMachine, unit: string, isChanged: boolean): Promise<boolean> {
  // without systemd as process 1 systemctl would ask for it, and only this makes it write the links
  const offline = machine.isBooted ? {} : { environment: { SYSTEMD_OFFLINE: '1' } };
  const isEnabled = (await machine.ask(['env', 'SYSTEMD_OFFLINE=1', 'systemctl', 'is-enabled', unit])).isOk;
  if (!isEnabled) await machine.run(['systemctl', 'enable', '--quiet', unit], offline);
  if (!machine.isBooted) return !isEnabled;
  const isActive = (await machine.ask(['systemctl', 'is-active', unit])).isOk;
  if (isActive && !isChanged) return !isEnabled;
  await machine.run(['systemctl', 'restart', unit]);
  return true;
}
