import { run } from '../../platform/process/command.ts';

export type Fetched =
  | { text: string }
  /** end of a sentence about the server; `absent`: it answers and has no such file */
  | { why: string; kind: 'absent' | 'unreachable' | 'broken' };

const SECONDS = 7;

/** exit codes of curl(1) */
const REASONS: Readonly<Record<number, readonly [why: string, kind: 'absent' | 'unreachable' | 'broken']>> = {
  5: ['is behind a proxy whose name is not known', 'unreachable'],
  6: ['has a name that is not known here', 'unreachable'],
  7: ['cannot be reached', 'unreachable'],
  18: ['broke off in the middle of a file', 'broken'],
  28: [`did not answer within ${SECONDS} seconds`, 'unreachable'],
  35: ['fails at TLS', 'broken'],
  37: ['has no such file', 'absent'],
  47: ['sends us in circles', 'broken'],
  52: ['closed the connection without a word', 'broken'],
  56: ['broke off in the middle of a file', 'broken'],
  60: ['has a certificate that this host does not trust', 'broken'],
  63: ['sent far more than such a file has', 'broken'],
};

/** A small file by http, https or file. By curl and not by fetch: it goes by the proxy that debootstrap and apt will take. */
export async function fetchText(url: string): Promise<Fetched> {
  const limits = ['--max-time', `${SECONDS}`, '--connect-timeout', '5', '--max-filesize', '8000000', '--max-redirs', '5'];
  const result = await run(['curl', '--silent', '--show-error', '--location', '--write-out', '\n%{http_code}', ...limits, '--', url], {
    timeoutMs: (SECONDS + 2) * 1000,
    keepFinalNewline: true,
  });
  if (result.status === 'absent') return { why: 'was not asked: there is no curl here', kind: 'broken' };
  const said = result.stdout.toString('utf8');
  const status = Number(/\n(\d{3})$/.exec(said)?.[1] ?? 0);
  if (result.status !== 'ok') {
    const [why, kind] = REASONS[result.exitCode ?? 0] ?? [
      `cannot be read (curl: ${result.stderr.toString('utf8').trim().split('\n').at(-1)})`,
      'broken',
    ];
    return { why, kind };
  }
  // 000: not HTTP
  if (status === 0 || (status >= 200 && status < 300)) return { text: said.slice(0, -4) };
  if (status === 404 || status === 410) return { why: `says ${status}`, kind: 'absent' };
  return { why: `says ${status}`, kind: 'broken' };
}
