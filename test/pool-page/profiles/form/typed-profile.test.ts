import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Profile } from '../../../../src/domain/pool/profile.ts';
import { profileBody, typedProfile } from '../../../../src/pool-page/profiles/form/typed-profile.ts';
import { otherUsers } from '../../../../src/pool-page/profiles/profile-users.ts';

const WHOLE: Profile[] = [
  {
    ...{ kind: 'compute', title: 'Nodes', image: 'debian@3', root: 'tmpfs', sizePercent: 80, numa: 'local', disks: 'usable' },
    ...{ arguments: ['console=tty0', `role=\${node.tags}`], files: ['keys', 'motd'], firstBoot: { script: 'files/a.sh' } },
    persist: [
      { path: '/home', from: 'nfs:head:/home' },
      { path: '/var/lib/x', from: `nfs:head:/x/\${node.name}` },
    ],
  },
  { kind: 'linux', title: 'Live', kernel: 'live/vmlinuz', initrd: ['a', 'b'], arguments: ['quiet'] },
  { kind: 'iso', title: 'I', iso: 'http://x/y.iso' },
  { kind: 'script', title: 'S', script: 'x.ipxe' },
  { kind: 'menu', title: 'M', items: ['recon', 'hold'], default: 'hold', timeoutSeconds: 0 },
  { kind: 'failsafe', title: 'F', image: 'failsafe@2', arguments: ['quiet'] },
  { kind: 'recon', title: 'R' },
];

test('what is typed into a form is what it was filled with: nothing of any kind is lost', () => {
  for (const profile of WHOLE) {
    assert.deepEqual(profileBody(profile.kind, typedProfile(profile)), profile);
    assert.ok(Profile.safeParse(profileBody(profile.kind, typedProfile(profile))).success);
  }
});

test('fields of another kind, and empty ones, are not sent; what makes no sense goes to the head as it is', () => {
  assert.deepEqual(profileBody('iso', { iso: ' a.iso ', kernel: 'x', title: '' }), { kind: 'iso', iso: 'a.iso' });
  assert.deepEqual(profileBody('menu', { items: 'a  b', timeoutSeconds: 'soon' }), {
    kind: 'menu',
    items: ['a', 'b'],
    timeoutSeconds: 'soon',
  });
  assert.deepEqual(profileBody('compute', { image: 'x', firstBoot: 'puppet ', persist: '/home\n\n/a nfs:h:/a' }), {
    ...{ kind: 'compute', image: 'x' },
    persist: [
      { path: '/home', from: '' },
      { path: '/a', from: 'nfs:h:/a' },
    ],
  });
});

test('who names a profile besides nodes: groups, rules, menus, and what is said of the rest', () => {
  const known = {
    groups: { rack1: { boot: 'compute@3', priority: 0 }, rack2: { priority: 0 }, rack3: { boot: 'compute', priority: 0 } },
    profiles: { choice: { kind: 'menu' as const, items: ['compute'], timeoutSeconds: 8 }, compute: { kind: 'hold' as const } },
    overview: {
      ...{ revision: 1, summary: '', nodes: 0, groups: 0, profiles: 0, mistakes: [], default: 'compute', unknown: 'hold' },
      rules: [
        { when: { vendor: 'x' }, boot: 'hold' },
        { when: { vendor: 'y' }, boot: 'compute@newest' },
      ],
    },
  };
  assert.deepEqual(otherUsers(known, 'compute'), ['groups rack1, rack3', 'rule 2', 'menu choice', 'nodes of which nothing is said']);
  assert.deepEqual(otherUsers(known, 'hold'), ['rule 1', 'unknown machines']);
  assert.deepEqual(otherUsers(known, 'comp'), []);
});
