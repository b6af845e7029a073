import assert from 'node:assert/strict';
import { test } from 'node:test';
import { programRoomFaults } from '../../../../src/pool/install/check/room-faults.ts';
import { systemFaults } from '../../../../src/pool/install/check/system-faults.ts';
import { userFaults } from '../../../../src/pool/install/check/user-faults.ts';
import { fakeMachine } from '../fake-machine.ts';

const PASSWD = 'getent passwd recon-head';

for (const [what, answers, expected] of [
  ['none', {}, undefined],
  [
    'that of an install',
    { [PASSWD]: 'recon-head:x:998:998:Recon head node:/var/lib/recon:/usr/sbin/nologin\n', 'getent group recon-head': '' },
    undefined,
  ],
  [
    'somebody with a shell',
    { [PASSWD]: 'recon-head:x:1001:1001::/home/recon-head:/bin/bash\n' },
    /^stops There is a user recon-head already.*userdel recon-head/,
  ],
  [
    'somebody with another home',
    { [PASSWD]: 'recon-head:x:1001:1001::/srv/x:/usr/sbin/nologin\n' },
    /^stops There is a user recon-head already/,
  ],
  [
    'a group alone',
    { 'getent group recon-head': 'recon-head:x:1001:ada\n' },
    /^stops There is a group recon-head already.*groupdel recon-head/,
  ],
] as const) {
  test(`the user of the service: ${what}`, async () => {
    const faults = (await userFaults(fakeMachine({ answers }))).map(({ weight, message, hint }) => `${weight} ${message} ${hint}`);
    assert.equal(faults.length, expected === undefined ? 0 : 1);
    if (expected !== undefined) assert.match(faults[0] ?? '', expected);
  });
}

test('a server without systemd is told before anything is changed; room for the program', async () => {
  assert.deepEqual(
    (await systemFaults(fakeMachine({}))).map(({ code, weight }) => [code, weight]),
    [['system', 'stops']],
  );
  assert.deepEqual(await systemFaults(fakeMachine({ answers: { 'systemctl --version': 'systemd 252' } })), []);
  assert.match(
    programRoomFaults(1e6, '/usr/local/lib/recon')[0]?.message ?? '',
    /^\/usr\/local\/lib\/recon has 1 MB free, and a copy of the program needs 315 MB/,
  );
  assert.deepEqual(programRoomFaults(1e9, '/usr/local/lib/recon'), []);
});
