import { readOrUndefined } from '../../platform/files/files.ts';
import { type Fetched, fetchText } from './fetch-text.ts';
import { type HostLine, lacks, there } from './host-line.ts';
import { releaseFault } from './release-faults.ts';
import type { Repository } from './repositories.ts';
import { indexSignature, keyringOfRpm, type SignatureVerdict } from './signature.ts';

const HINT = 'name another mirror: MIRROR=http://… ./make-recipe-target <recipe> target';

export interface MirrorOptions {
  repositories: readonly Repository[];
  /** as `keyringSetting` gives it */
  keyring: string | undefined;
}

/** What each repository says when it is asked for its index, and nothing but that. All are asked at once. */
export async function mirrorLines({ repositories, keyring }: MirrorOptions): Promise<HostLine[]> {
  return Promise.all(repositories.map((one) => (one.kind === 'apt' ? aptLine(one, keyring) : rpmLine(one, keyringOfRpm(keyring)))));
}

async function aptLine(repository: Extract<Repository, { kind: 'apt' }>, keyring: string | undefined): Promise<HostLine> {
  const { url, release } = repository;
  const what = `mirror, ${release}`;
  const folder = `${url.replace(/\/+$/, '')}/dists/${release}`;
  const [inside, apart, signature] = await Promise.all(
    ['InRelease', 'Release', 'Release.gpg'].map((name) => fetchText(`${folder}/${name}`)),
  );
  const index = inside !== undefined && 'text' in inside ? inside : apart;
  if (index === undefined || !('text' in index)) return unfetched(what, repository, inside);
  const fault = releaseFault(index.text, repository);
  if (fault !== undefined) return lacks(what, 'host-unfit', `${url} ${fault}`, `${HINT}; it is the folder that has dists/ and pool/ in it`);
  const detached = index === apart && signature !== undefined && 'text' in signature ? signature.text : undefined;
  return signedLine({ what, url, index: `the index of ${release}` }, await indexSignature(keyring, index.text, detached));
}

/** The index has the hash of the list of packages, which has that of each package. */
async function rpmLine({ url }: Extract<Repository, { kind: 'rpm' }>, keyring: string | undefined): Promise<HostLine> {
  const what = `mirror, ${url.split('/').slice(-3).join('/')}`;
  const path = `${url.replace(/\/+$/, '')}/repodata/repomd.xml`;
  const index = await fetchText(path);
  if (!('text' in index)) return unfetched(what, { url }, index);
  if (!/<repomd[\s>]/.test(index.text))
    return lacks(what, 'host-unfit', `${url} answers, but not as a repository of rpm packages does`, HINT);
  if (keyring === undefined) return there(what, `${url}; its signature was not looked at: MIRROR_KEYRING= names no keys`);
  const signature = await fetchText(`${path}.asc`);
  const apart = 'text' in signature ? signature.text : '';
  return signedLine({ what, url, index: 'the index' }, await indexSignature(keyring, index.text, apart));
}

/** What is said of an index that was fetched. */
function signedLine({ what, url, index }: { what: string; url: string; index: string }, verdict: SignatureVerdict): HostLine {
  if (verdict.state === 'good') return there(what, `${url}, signed`);
  if (verdict.state === 'not looked at') return there(what, `${url}; its signature was not looked at: ${verdict.why}`);
  const hint =
    'name another mirror (MIRROR=); one of your own that is signed with your key: MIRROR_KEYRING=/path/of/the/keyring.gpg, or MIRROR_KEYRING=none';
  return lacks(what, 'host-unfit', `${index} at ${url} is not to be trusted: ${verdict.why}`, hint);
}

/** One sentence for what could not be read. A host without any way out is told so, whatever the name of the mirror. */
async function unfetched(what: string, { url, release }: { url: string; release?: string }, asked: Fetched | undefined): Promise<HostLine> {
  const { why, kind } = asked === undefined || 'text' in asked ? { why: 'cannot be read', kind: 'broken' } : asked;
  if (kind === 'unreachable' && !(await hasRoute())) {
    return lacks(
      what,
      'host-unfit',
      `this host has no network: ${url} ${why}`,
      'connect it, or set its default route; `ip route` shows those that it has',
    );
  }
  const file = release === undefined ? 'repodata/repomd.xml' : `dists/${release}`;
  const isNot = release === undefined ? 'is not there, or is no repository' : `has no release ${release}`;
  return lacks(what, 'host-unfit', kind === 'absent' ? `${url} ${isNot} (${file}: ${why})` : `${url} ${why}`, HINT);
}

/** A route to somewhere else than this host, in the kernel's own tables. */
async function hasRoute(): Promise<boolean> {
  const [four, six] = await Promise.all(['/proc/net/route', '/proc/net/ipv6_route'].map(readOrUndefined));
  const isOut = (line: string): boolean => line.trim() !== '' && !/^Iface|^lo\s|\slo$/.test(line.trim());
  return [four, six].some((table) => table?.toString('utf8').split('\n').some(isOut) ?? false);
}
