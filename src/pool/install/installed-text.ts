import type { Installed } from './install-head.ts';
import type { HeadPlan } from './text/head-plan.ts';

/** The end of an install, for the screen. Pure. */
export function installedText({ door, faults, steps }: Installed, plan: HeadPlan): string {
  const lines = faults.map(({ message, hint, weight }) => `${weight === 'warns' ? 'WARNS' : 'note '}   ${message}\n        ${hint}`);
  const isChanged = steps.some(({ changed }) => changed);
  lines.push(`This server is ${isChanged ? '' : 'already '}a head node: ${plan.private}, ${plan.address} in ${plan.subnet}.`);
  if (door !== undefined) {
    lines.push(`Page         ${door.url}`, `Certificate  SHA-256 ${door.fingerprint}`);
    lines.push(
      door.link === undefined
        ? 'Sign in with a user that is there (recon user list).'
        : `Set up       ${door.link}   (once, within 30 minutes)`,
    );
  } else {
    lines.push('No systemd runs here: the service starts at the next boot.');
  }
  lines.push('Power the machines on (network boot). What each boots: the page, recon assign, or /etc/recon/pool.');
  return `${lines.join('\n')}\n`;
}
