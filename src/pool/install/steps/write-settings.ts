import { HeadSettings } from '../../../domain/pool/head-settings.ts';
import { withSettings } from '../../../settings/edit-text.ts';
import { settingsFromText } from '../../../settings/settings-text.ts';
import type { CertificateFiles } from '../../public/server-certificate.ts';
import type { HeadMachine } from '../machine/head-machine.ts';
import { headSettingsText } from '../text/first-pool.ts';
import type { HeadPlan } from '../text/head-plan.ts';
import { INSTALL_PLACES } from '../text/places.ts';
import { type Done, doneOf } from './install-step.ts';

/** `head.yaml`. One that is there keeps what an administrator wrote; the sides and the certificate that were asked for are set in it. */
export async function writeSettings(machine: HeadMachine, plan: HeadPlan, tls: Partial<CertificateFiles>): Promise<Done> {
  const path = INSTALL_PLACES.settings;
  const before = await machine.read(path);
  if (before === undefined) {
    await machine.write(path, headSettingsText({ ...plan, ...tls }));
    return doneOf([`wrote ${path}`]);
  }
  const parsed = settingsFromText(before, HeadSettings);
  const wanted = { interface: plan.private, public: plan.public, ...tls };
  const keys = ['interface', 'public', 'certificate', 'key'] as const;
  const changed = keys.filter((key) => key in wanted && (parsed.outcome !== 'ok' || parsed.settings[key] !== wanted[key]));
  if (changed.length === 0) return doneOf([]);
  await machine.write(
    path,
    withSettings(
      before,
      changed.map((key) => [[key], wanted[key]]),
    ),
  );
  return doneOf([`set ${changed.join(', ')} in ${path}`]);
}
