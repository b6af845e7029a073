import type { InterfaceManagers } from '../check/interface-managers.ts';
import type { HeadMachine } from '../machine/head-machine.ts';
import type { HeadPlan } from '../text/head-plan.ts';
import { ifupdownText, networkdText, networkManagerText } from '../text/interface-files.ts';
import { INSTALL_PLACES } from '../text/places.ts';
import { type Done, doneOf } from './install-step.ts';
import { writeOwnFile } from './own-file.ts';

/**
 * The address of the private side, beyond a reboot: a file of its own for whoever configures interfaces here. Without anybody who does, the head gives
 * the interface its address at each start.
 */
export async function holdAddress(machine: HeadMachine, plan: HeadPlan, managers: InterfaceManagers): Promise<Done> {
  const done: string[] = [];
  const writes = async (isTheirs: boolean, path: string, text: string): Promise<boolean> => {
    const written = isTheirs ? await writeOwnFile(machine, path, text) : undefined;
    if (written !== undefined) done.push(written);
    return written !== undefined;
  };
  if (await writes(managers.networkd, INSTALL_PLACES.networkd, networkdText(plan))) {
    if (machine.isBooted) {
      await machine.run(['networkctl', 'reload']);
      await machine.run(['networkctl', 'reconfigure', plan.private]);
    }
  }
  if (await writes(managers.networkManager, INSTALL_PLACES.networkManager, networkManagerText(plan))) {
    if (machine.isBooted) await machine.run(['systemctl', 'reload', 'NetworkManager.service']);
  }
  // networkd has it then, and two would set it twice
  if (await writes(managers.ifupdown && !managers.networkd, INSTALL_PLACES.ifupdown, ifupdownText(plan))) {
    if (machine.isBooted) await machine.run(['ifup', '--force', plan.private]);
  }
  const isNobodys = !managers.networkd && !managers.networkManager && !managers.ifupdown;
  return doneOf(done, isNobodys ? 'the head sets it at each start' : 'already so');
}
