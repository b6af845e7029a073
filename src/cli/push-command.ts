import type { Command } from 'commander';
import { ReconError } from '../domain/errors.ts';
import { messageOf } from '../domain/values/message-of.ts';
import { identityOption } from './identity-option.ts';
import type { ResultsCommandsDeps } from './results-commands.ts';

interface PushWords {
  url: string;
  tokenFile: string;
  dryRun?: true;
  json?: true;
  site?: string;
  role: string;
  places?: string;
  firstAddress?: string;
  set?: string[];
  caFile?: string;
  identity?: string;
}

/** At the desk: what a tarball says, into another program by its API. */
export function addPushCommand(program: Command, deps: ResultsCommandsDeps): void {
  program
    .command('push')
    .description('put the machines of a tarball into another program')
    .command('netbox <tarball>')
    .description(
      'put the machines into a NetBox (4.2 or newer) by its API: says what it would do, then does it; run again, it goes on. Deletes nothing',
    )
    .requiredOption('--url <url>', 'where NetBox is: https://netbox.example')
    .requiredOption('--token-file <file>', 'file with a token that may write')
    .option('--dry-run', 'only say what it would do')
    .option('--json', 'the plan as JSON')
    .option('--site <name>', "site in NetBox (default: the visit's)")
    .option('--role <name>', 'role of new devices', 'Server')
    .option('--places <file>', 'CSV with the columns serial (or mac, asset tag), rack and unit: where the machines stand')
    .option('--first-address <ipv4>', 'give the machines addresses from here on, one after the other')
    .option('--set <key=value>', 'prefix=24 and bmc-prefix=24: length of the prefix of addresses, and of the BMCs (default: 32)', collected)
    .option('--ca-file <file>', "certificate of the authority that signed NetBox's, as PEM")
    .addOption(identityOption())
    .addHelpText(
      'after',
      '\nExample:\n  recon push netbox hall-3.tar.gz --url https://netbox.example --token-file netbox.token --dry-run\n',
    )
    .action(async (tarball: string, options: PushWords) => pushTarball(tarball, options, deps));
}

async function pushTarball(tarball: string, options: PushWords, deps: ResultsCommandsDeps): Promise<void> {
  const { netboxConnection } = await import('../desk/push/connection.ts');
  const { pushNetbox } = await import('../desk/push/push-netbox.ts');
  const { readRackPlaces } = await import('../desk/push/rack-places.ts');
  const { withVisits } = await import('../desk/open-tarballs.ts');
  const { httpFetch } = await import('../platform/network/http-fetch.ts');
  const { setTimeout: sleep } = await import('node:timers/promises');
  const { json, print, printData, log, progress } = { ...deps, json: options.json === true };
  const connection = await netboxConnection(options);
  if (isInClear(connection.api)) log.warn(`the token goes to ${connection.name} in clear, for everybody on the way to read: take https`);
  if (options.caFile !== undefined) await trustFile(options.caFile);
  const placeOf = options.places === undefined ? () => undefined : await readRackPlaces(options.places);
  await withVisits([tarball], { ...options, warn: log.warn, onProgress: progress.at }, async ([visit]) => {
    if (visit === undefined) return;
    await pushNetbox(
      visit,
      connection,
      { ...options, json, isDryRun: options.dryRun === true, placeOf },
      { fetch: httpFetch, sleep: (ms) => sleep(ms), random: Math.random, print: json ? printData : print, warn: log.warn, progress },
    );
  });
}

/** On this machine nobody is on the way. */
function isInClear(api: string): boolean {
  const { protocol, hostname } = new URL(api);
  return protocol === 'http:' && !/^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
}

async function trustFile(file: string): Promise<void> {
  const { readOrUndefined } = await import('../platform/files/files.ts');
  const { trustAuthority } = await import('../platform/network/trust-authority.ts');
  try {
    trustAuthority((await readOrUndefined(file))?.toString('utf8') ?? '');
  } catch (cause) {
    throw new ReconError('usage', `${file} is no certificate of an authority: ${messageOf(cause)}`, {
      cause,
      hint: 'PEM, as it begins with -----BEGIN CERTIFICATE-----',
    });
  }
}

function collected(word: string, before: readonly string[] = []): string[] {
  return [...before, word];
}
