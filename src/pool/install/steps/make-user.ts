import type { HeadMachine } from '../machine/head-machine.ts';
import { HEAD_USER, INSTALL_PLACES } from '../text/places.ts';
import { type Done, doneOf } from './install-step.ts';

/** The user that the service and dnsmasq run as: no password, no shell, no files but its own. */
export async function makeUser(machine: HeadMachine): Promise<Done> {
  if ((await machine.ask(['getent', 'passwd', HEAD_USER])).isOk) return doneOf([], 'already there');
  const home = ['--home-dir', INSTALL_PLACES.state, '--no-create-home', '--shell', '/usr/sbin/nologin'];
  await machine.run(['useradd', '--system', '--user-group', ...home, '--comment', 'Recon head node', HEAD_USER]);
  return doneOf([`made ${HEAD_USER}`]);
}
