import type { Recipe } from '../domain/recipe.ts';
import { TARGETS } from './targets.ts';

/** What `./make-recipe-target` prints without arguments. */
export function usageText(recipes: readonly Recipe[]): string {
  return `${[
    'Usage: make-recipe-target <recipe> <target>',
    '',
    '  recipe   what the image is made from: a directory in recipes/',
    '  target   what to make of it; without a target its possible ones are listed',
    '',
    'Recipes:',
    ...table(recipes.map((recipe) => [recipe.name, recipe.description])),
  ].join('\n')}\n`;
}

/** What `./make-recipe-target <recipe>` prints. */
export function targetsText(recipe: Recipe): string {
  return `${[
    `Usage: make-recipe-target ${recipe.name} <target>`,
    '',
    'Targets:',
    ...table(TARGETS.map((target) => [target.name, target.help])),
    '',
    'Settings, from the environment:',
    ...table([
      ['DATA_SIZE=', 'size of the data partition RECONDATA in MB (default 256)'],
      ['AGE_RECIPIENT=', "public key of age that this stick's tarballs are encrypted to (default: none; encryptTo in recon.yaml wins)"],
      ...releaseRow(recipe),
      [
        'MIRROR=',
        `mirror of the distribution (default: the one that this host uses${recipe.mirror === undefined ? '' : `, or ${recipe.mirror}`})`,
      ],
      ['FAST=', '1: the root image is packed weakly, in a fifth of the time (default: as small as it gets)'],
      ['MIRROR_KEYRING=', "keys that its index is signed with (default: Debian's; none: it is not looked at)"],
      ['SIGN_KEY=', 'secret key of ssh-keygen or minisign that SHA256SUMS is signed with (default: none); the build says how to verify'],
      ['SIGN_PASSPHRASE=', 'what opens that key, if it is locked'],
      ['HTTP_DIR=', 'where the target http places its files (default /srv/www/htdocs/install/recon)'],
      ['HTTP_URL=', 'URL of that directory for machines that boot (default http://bang/install/recon)'],
    ]),
  ].join('\n')}\n`;
}

function releaseRow({ suite, releases }: Recipe): (readonly [string, string])[] {
  if (releases === undefined) return [];
  return [[`${releases.setting}=`, `release, one of ${Object.keys(releases.profiles).join(', ')} (default ${suite})`]];
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}   ${text}`);
}
