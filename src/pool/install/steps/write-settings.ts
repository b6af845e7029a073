import { HeadSettings } from '../../../domain/pool/head-settings.ts';
import { withSettings } from '../../../settings/edit-text.ts';
import { settingsFromText } from '../../../settings/settings-text.ts';
import type { HeadMachine } from '../machine/head-machine.ts';
import { headSettingsText } from '../text/first-pool.ts';
import type { HeadPlan } from '../text/head-plan.ts';
import { INSTALL_PLACES } from '../text/places.ts';
import { type Done, doneOf } from './install-step.ts';

/** `head.yaml`. One that is there keeps what an administrator wrote; the sides that were asked for are set in it. */
export async function writeSettings(machine: HeadMachine, plan: HeadPlan): Promise<Done> {
  const path = INSTALL_PLACES.settings;
  const before = await machine.read(path);
  if (before === undefined) {
    await machine.write(path, headSettingsText(plan));
    return doneOf([`wrote ${path}`]);
  }
  const parsed = settingsFromText(before, HeadSettings);
  if (parsed.outcome === 'ok' && parsed.settings.interface === plan.private && parsed.settings.public === plan.public) return doneOf([]);
  await machine.write(
    path,
    withSettings(before, [
      [['interface'], plan.private],
      [['public'], plan.public],
    ]),
  );
  return doneOf([`set the sides in ${path}`]);
}
