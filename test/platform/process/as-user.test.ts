import assert from 'node:assert/strict';
import { geteuid } from 'node:process';
import { it } from 'node:test';
import { parseArgs } from 'node:util';
import { asUser } from '../../../src/platform/process/as-user.ts';
import { runOk } from '../../../src/platform/process/command.ts';

const NET_BIND_SERVICE = 1 << 10;
const [NET_ADMIN, NET_RAW] = [1 << 12, 1 << 13];

it('runs a program as another user with the capabilities it is given, and no way to more', async (context) => {
  if (geteuid?.() !== 0) return context.skip('needs root');
  const argv = asUser(64_077, ['net_admin', 'net_bind_service', 'net_raw'], ['cat', '/proc/self/status']);
  const status = await runOk(argv, { timeoutMs: 60_000 });
  const field = (name: string): string => new RegExp(`^${name}:[ \\t]*(.*)$`, 'm').exec(status)?.[1] ?? '';
  assert.deepEqual(
    [field('Uid'), field('Gid')],
    Array.from({ length: 2 }, () => '64077\t64077\t64077\t64077'),
  );
  assert.equal(field('Groups').trim(), '');
  for (const set of ['CapEff', 'CapPrm', 'CapBnd', 'CapAmb'])
    assert.equal(Number.parseInt(field(set), 16), NET_BIND_SERVICE | NET_ADMIN | NET_RAW, set);
  assert.equal(field('NoNewPrivs'), '1');
});

it('asks for the user, its one group, these capabilities and no more of either, whatever the program is called', () => {
  const [program, ...args] = asUser(64_077, ['net_raw', 'net_admin'], ['--dump', '-x']);
  assert.equal(program, 'setpriv');
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...{ reuid: text, regid: text, 'clear-groups': flag, 'no-new-privs': flag },
      ...{ 'bounding-set': text, 'inh-caps': text, 'ambient-caps': text },
    },
  });
  const sets = '-all,+net_raw,+net_admin';
  assert.deepEqual(
    { ...values },
    {
      ...{ reuid: '64077', regid: '64077', 'clear-groups': true, 'no-new-privs': true },
      ...{ 'bounding-set': sets, 'inh-caps': sets, 'ambient-caps': sets },
    },
  );
  assert.deepEqual(positionals, ['--dump', '-x']);
  assert.ok(asUser(1, [], ['true']).includes('--bounding-set=-all'), 'none at all');
});
