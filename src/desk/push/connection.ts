import { ReconError } from '../../domain/errors.ts';
import { readOrUndefined } from '../../platform/files/files.ts';
import type { NetboxConnection } from './exchange.ts';

/**
 * Reads how a NetBox is reached. The token comes from a file, never from the command line, which everybody sees in `ps`.
 * @throws ReconError `usage`
 */
export async function netboxConnection({ url, tokenFile }: { url: string; tokenFile: string }): Promise<NetboxConnection> {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const isWeb = parsed?.protocol === 'https:' || parsed?.protocol === 'http:';
  if (parsed === undefined || !isWeb || parsed.username !== '' || parsed.search !== '' || parsed.hash !== '')
    // what was typed may hold a password
    throw new ReconError('usage', 'what --url says is no URL of a NetBox', { hint: 'for example --url https://netbox.example' });
  const token = (await readOrUndefined(tokenFile))?.toString('utf8').trim();
  if (token === undefined)
    throw new ReconError('usage', `${tokenFile} cannot be read`, {
      hint: 'a file with a token of NetBox (Admin, API Tokens), on a line of its own',
    });
  if (!/^[A-Za-z0-9_.-]{20,200}$/.test(token))
    throw new ReconError('usage', `what is in ${tokenFile} is no token of NetBox`, {
      hint: 'one line: 40 letters and digits, or nbt_KEY.TOKEN, as NetBox showed it when it was made',
    });
  const path = parsed.pathname.replace(/\/+$/, '').replace(/\/api$/, '');
  return { api: `${parsed.origin}${path}/api/`, token, name: parsed.host };
}
